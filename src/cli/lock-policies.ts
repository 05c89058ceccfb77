import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {LOCK_FILE, lockText} from '../inputs/policy-lock.ts';
import {policyNames} from '../inputs/policy-names.ts';
import {readPolicies} from '../inputs/policies.ts';
import type {Finding} from '../model/common.ts';
import {Failure} from './failure.ts';

/** Locks the policies of a workspace. Nothing is written while one of them cannot be read. */
export async function lockPolicies(
  folder: string,
): Promise<{path: string; files: {file: string; sha256: string}[]; findings: Finding[]}> {
  const {root, names, workspace, findings} = await policyNames(folder, []);
  if (!workspace)
    throw new Failure('the workspace cannot be read', {findings, remedy: 'Point --dir at one.'});
  const {inputs, findings: problems} = await readPolicies(root, names);
  const partial = problems.filter((finding) => finding.partial);
  if (partial.length > 0)
    throw new Failure('the policies cannot be locked while they have problems', {
      findings: partial,
      remedy: 'Correct them first; `bulkhead policy lint` shows where.',
    });
  const path = join(root, LOCK_FILE);
  await writeFile(path, lockText(inputs));
  return {path, files: inputs.map(({file, sha256}) => ({file, sha256})), findings: problems};
}
