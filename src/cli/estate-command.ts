import {resolve} from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type {Finding} from '../model/common.ts';
import type {Opened, Request} from '../inputs/intake.ts';
import type {Judged, Planned, Scored, WithEstate} from '../pipeline.ts';
import {BaseCommand, type SharedFlags} from './base-command.ts';
import {Failure} from './failure.ts';
import {interruptible} from './interrupt.ts';
import {limitEffort} from './limit-effort.ts';
import {timeOf} from './run-time.ts';

/** Flags of every command that looks at an estate. */
export interface EstateFlags extends SharedFlags {
  as: string | undefined;
  snapshot: string | undefined;
  now: string | undefined;
  /** Only of commands that plan. */
  'ignore-exceptions'?: boolean;
  'max-gap'?: string | undefined;
  'time-limit'?: number | undefined;
}

/** Inventory files for one-off use. */
export const FILES = {
  files: Args.string({multiple: true, description: 'inventory files; without them the workspace is read'}),
};

/** For commands that plan: the naked state, without what exceptions excuse. */
export const IGNORE_EXCEPTIONS = {
  'ignore-exceptions': Flags.boolean({
    env: 'BULKHEAD_IGNORE_EXCEPTIONS',
    description: 'judge as if there were no policy exceptions',
  }),
};

/** A command that reads a workspace, a snapshot or the files named on the command line. */
export abstract class EstateCommand extends BaseCommand {
  static override baseFlags = {
    ...BaseCommand.baseFlags,
    as: Flags.string({
      env: 'BULKHEAD_AS',
      helpValue: 'FORMAT',
      description: 'format of the named files, where detection by content is not wanted',
    }),
    snapshot: Flags.string({
      env: 'BULKHEAD_SNAPSHOT',
      helpValue: 'ID',
      description: 'snapshot to use; default: the latest one, else the declared sources',
    }),
    now: Flags.string({
      env: 'BULKHEAD_NOW',
      helpValue: 'TIME',
      helpGroup: 'GLOBAL',
      description: 'time of the run, ISO 8601; default: SOURCE_DATE_EPOCH, else the clock',
    }),
  };

  /** The request these flags and files stand for. Files are relative to the current folder, all else to `--dir`. */
  protected request(flags: EstateFlags, files: string[]): Request {
    return {
      folder: files.length > 0 ? process.cwd() : resolve(flags.dir),
      files,
      as: flags.as,
      snapshot: flags.snapshot,
      now: timeOf(flags.now),
      ignoreExceptions: flags['ignore-exceptions'] ?? false,
      ...limitEffort(flags),
      stage: (name) => this.progress(flags).stage(name),
      interruptible,
      makeRoom: async (bytes) => {
        const {makeRoom} = await import('./make-room.ts');
        await makeRoom(bytes, (text) => {
          if (!flags.quiet) process.stderr.write(`${text}\n`);
        });
      },
    };
  }

  /** Reads the inventory and builds the estate. Ends with exit 2 when there is nothing usable. */
  protected async openEstate(flags: EstateFlags, files: string[]): Promise<WithEstate> {
    const {tuneHeap} = await import('./tune-heap.ts');
    tuneHeap();
    const {open} = await import('../inputs/open.ts');
    const {normalise} = await import('../pipeline.ts');
    const opened = await open(this.request(flags, files));
    if (!opened.workspace && flags.snapshot)
      throw new Failure(`snapshot \`${flags.snapshot}\` cannot be used`, {findings: opened.findings});
    if (!opened.workspace) throw unreadable(opened.findings);
    return normalise(opened as Opened);
  }

  /** False for commands that have something to say about identities alone, e.g. one account's IAM export. */
  protected readonly needsWorkloads: boolean = true;

  /** Like {@link openEstate}, but an estate without anything to speak about ends the run. */
  protected async openWorkloads(flags: EstateFlags, files: string[]): Promise<WithEstate> {
    const estate = await this.openEstate(flags, files);
    const {workloads, principals, roots} = estate.estate;
    if (workloads.length > 0) return estate;
    if (!this.needsWorkloads && principals.length + roots.length > 0) return estate;
    throw new Failure('no workloads in the input', {findings: estate.findings, remedy: NO_WORKLOADS});
  }

  protected async openScored(flags: EstateFlags, files: string[]): Promise<Scored> {
    const {score} = await import('../pipeline.ts');
    return requireSites(await score(await this.openWorkloads(flags, files)));
  }

  protected async openJudged(flags: EstateFlags, files: string[]): Promise<Judged> {
    const {judge} = await import('../pipeline.ts');
    return judge(await this.openScored(flags, files));
  }

  protected async openPlanned(flags: EstateFlags, files: string[]): Promise<Planned> {
    const {place} = await import('../pipeline.ts');
    const planned = await place(await this.openJudged(flags, files));
    const {limited} = planned.plan.optimality;
    if (limited?.stopped !== 'interrupt' || limited.method !== 'none') return planned;
    throw new Failure('interrupted before a plan within the limits was found', {
      exitCode: 130,
      remedy: 'Let it run longer, or raise the limits.',
    });
  }
}

/** Without a single usable site nothing can be said about placement: the run ends. */
export function requireSites(scored: Scored): Scored {
  if (scored.sites.length > 0) return scored;
  throw new Failure('no usable site', {
    findings: problems(scored.findings),
    remedy: 'Correct sites.yaml, or remove `sites` to use the generic ones.',
  });
}

/** A workspace file with faults is to be corrected; one that is not there, to be made. */
function unreadable(findings: Finding[]): Failure {
  const faulty = findings.some(({where}) => where.line !== undefined);
  const remedy = faulty ? 'Correct what is named above.' : NO_WORKSPACE;
  return new Failure('the workspace cannot be read', {findings, remedy});
}

const NO_WORKSPACE = 'Run `bulkhead init`, point --dir at a workspace, or name inventory files.';
const NO_WORKLOADS =
  'Name an inventory file (RVTools, az, aws, gcloud, govc, inventory YAML/CSV) or list one under `sources` in bulkhead.yaml.';

function problems(findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.partial);
}
