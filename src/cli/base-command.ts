import {Command} from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import {jsonText} from '../document/json-text.ts';
import type {Finding, Severity} from '../model/common.ts';
import type {RunOutcome} from '../model/plan.ts';
import {describeFailure} from './describe-failure.ts';
import {Failure} from './failure.ts';
import {findingsText} from './findings-text.ts';
import {outcomeOf} from './outcome.ts';
import {safeJson} from './plain.ts';
import {createProgress, type Progress} from './progress.ts';
import {failureText} from './failure-text.ts';

/** What every command hands over: the JSON document, how to print it, and everything found on the way. */
export interface Delivery<T extends object> {
  document: T;
  text: () => string | Promise<string>;
  findings: Finding[];
}

/** Values of the flags all commands share. */
export interface SharedFlags {
  dir: string;
  quiet: boolean;
  verbose: boolean;
  'allow-partial': boolean;
  strict: boolean;
  'fail-on': Severity | undefined;
}

/** Shared flags, exit codes, JSON and findings of all commands. Commands: flags in, one call, one delivery. */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = {
    dir: Flags.directory({
      helpGroup: 'GLOBAL',
      default: '.',
      env: 'BULKHEAD_DIR',
      description: 'workspace folder (the one with bulkhead.yaml)',
    }),
    quiet: Flags.boolean({
      helpGroup: 'GLOBAL',
      env: 'BULKHEAD_QUIET',
      description: 'no progress and no findings on stderr',
    }),
    verbose: Flags.boolean({
      helpGroup: 'GLOBAL',
      env: 'BULKHEAD_VERBOSE',
      description: 'print every finding',
    }),
    'allow-partial': Flags.boolean({
      helpGroup: 'GLOBAL',
      env: 'BULKHEAD_ALLOW_PARTIAL',
      description: 'an incomplete input does not change the exit code',
    }),
    strict: Flags.boolean({
      helpGroup: 'GLOBAL',
      env: 'BULKHEAD_STRICT',
      exclusive: ['allow-partial'],
      description: 'stop before any result when the input is incomplete (exit 2)',
    }),
    'fail-on': Flags.option({
      options: ['info', 'low', 'medium', 'high', 'critical'] as const,
      helpGroup: 'GLOBAL',
      env: 'BULKHEAD_FAIL_ON',
      description: 'exit 1 when a finding of this severity or above is there',
    })(),
  };

  private live: Progress | null = null;

  override jsonEnabled(): boolean {
    return super.jsonEnabled() || isOn(process.env.BULKHEAD_JSON);
  }

  /** Progress of this run; on stderr only. */
  protected progress(flags: {quiet: boolean}): Progress {
    this.live ??= createProgress({quiet: flags.quiet || (this.jsonEnabled() && !process.stderr.isTTY)});
    return this.live;
  }

  /** Prints findings, sets the exit code, prints the text or returns the JSON document with its outcome. */
  protected async deliver<T extends object>(
    flags: SharedFlags,
    delivery: Delivery<T>,
  ): Promise<T & {findings: Finding[]; outcome: RunOutcome}> {
    this.live?.done();
    const outcome = this.settle(flags, delivery.findings);
    process.exitCode = outcome.exitCode;
    if (!this.jsonEnabled()) process.stdout.write(`${(await delivery.text()).replace(/\n*$/, '')}\n`);
    // After the answer, so that on a terminal the answer is not pushed out of sight by what is odd about it.
    if (!flags.quiet) this.printFindings(delivery.findings, flags.verbose);
    return {...delivery.document, findings: delivery.findings, outcome};
  }

  /** The outcome of these findings under the shared flags; `--strict` fails here, before anything is written. */
  protected settle(flags: SharedFlags, findings: Finding[]): RunOutcome {
    const outcome = outcomeOf(findings, {
      failOn: flags['fail-on'],
      allowPartial: flags['allow-partial'],
      strict: flags.strict,
    });
    if (outcome.exitCode === 2) {
      throw new Failure('the input is incomplete and --strict is set', {
        findings: findings.filter((finding) => finding.partial),
      });
    }
    return outcome;
  }

  /** JSON goes out two-space indented, never coloured; in pieces, as a large plan is longer than a string can be. */
  protected override logJson(json: unknown): void {
    for (const piece of jsonText(json, 2)) process.stdout.write(safeJson(piece));
  }

  protected override async catch(error: Error & {exitCode?: number}): Promise<void> {
    this.live?.done();
    this.parsed = true;
    const failure = describeFailure(error, [
      ...Object.keys(this.ctor.flags ?? {}),
      ...Object.keys(this.ctor.baseFlags ?? {}),
      'json',
      'help',
    ]);
    process.exitCode = failure.exitCode;
    if (this.jsonEnabled())
      this.logJson({
        error: failure.error,
        findings: failure.findings,
        outcome: {exitCode: failure.exitCode, reasons: failure.reasons},
      });
    else process.stderr.write(`${failureText(failure, isOn(process.env.DEBUG))}\n`);
  }

  private printFindings(findings: Finding[], verbose: boolean): void {
    const hint = this.jsonEnabled() ? 'see `findings`' : 'add --verbose';
    const text = findingsText(findings, {verbose, hint});
    if (text && !this.jsonEnabled()) process.stderr.write(`${text}\n`);
  }
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
