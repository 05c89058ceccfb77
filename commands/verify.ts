import {resolve} from 'node:path';
import * as Args from '@oclif/core/args';
import {BaseCommand} from '../src/cli/base-command.ts';
import {Failure} from '../src/cli/failure.ts';

export default class Verify extends BaseCommand {
  static override summary = 'Check a written plan: input hashes, flow = cut = energy, hard rules, sums.';
  static override description =
    'Recomputes from run.json everything it claims, with code of its own, and compares the inputs by hash. Exit 1 when anything does not hold.';
  static override examples = [
    '<%= config.bin %> verify reports/run.json --dir examples/harbor-clinic',
    '<%= config.bin %> verify run.json --json',
  ];
  static override args = {
    run: Args.string({required: true, description: 'run.json written by `bulkhead plan --output`'}),
  };

  async run() {
    const {args, flags} = await this.parse(Verify);
    const {readJson} = await import('../src/io/read-json.ts');
    const read = await readJson(args.run);
    if ('problem' in read)
      throw new Failure(read.problem, {remedy: 'Name the run.json that `bulkhead plan --output DIR` wrote.'});
    const {verifyRun} = await import('../src/placement/verify/verify-run.ts');
    const {checkInputs, recordedInputs} = await import('../src/inputs/input-hashes.ts');
    const {renderVerification} = await import('../src/cli/render/verify.ts');
    this.progress(flags).stage('checking the plan');
    const {value: report, findings} = verifyRun(read.value);
    const inputs = await checkInputs(recordedInputs(read.value), resolve(flags.dir));
    const ok = report.ok && inputs.checks.every((check) => check.status !== 'changed');
    const document = {file: args.run, ok, checks: report.checks, inputs: inputs.checks};
    return this.deliver(
      {...flags, 'fail-on': flags['fail-on'] ?? 'high'},
      {
        document,
        text: () => renderVerification(document),
        findings: [...findings, ...inputs.findings],
      },
    );
  }
}
