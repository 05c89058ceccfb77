import {BaseCommand} from '../../src/cli/base-command.ts';

export default class PolicyLock extends BaseCommand {
  static override summary = 'Write the content hashes of all policies into policies.lock.yaml.';
  static override description =
    'From then on plans and lint tell when a pack, a profile or a file is not the one that was locked.';
  static override examples = ['<%= config.bin %> policy lock --dir estate'];

  async run() {
    const {flags} = await this.parse(PolicyLock);
    const {lockPolicies} = await import('../../src/cli/lock-policies.ts');
    const {files, path, findings} = await lockPolicies(flags.dir);
    return this.deliver(flags, {
      document: {file: path, files},
      text: () => `wrote ${path}: ${files.length} files`,
      findings,
    });
  }
}
