import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import {checkDocument} from '../document/check.ts';
import {readDocumentFiles} from '../io/documents.ts';
import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import type {PolicyLockSource} from '../model/documents/policy-lock.ts';
import type {InputRecord} from './intake.ts';

export const LOCK_FILE = 'policies.lock.yaml';

/** The text of a lock file over the policies of a run; sorted, so that it changes only when a policy does. */
export function lockText(inputs: readonly InputRecord[]): string {
  const lines = [...new Map(policyInputs(inputs).map(({file, sha256}) => [file, sha256]))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, sha256]) => `    ${JSON.stringify(file)}: ${sha256}`);
  return [
    '# Content of the policies this workspace was approved with. Written by `bulkhead policy lock`.',
    'apiVersion: bulkhead.dev/v1alpha1',
    'kind: PolicyLock',
    'spec:',
    lines.length > 0 ? '  files:' : '  files: {}',
    ...lines,
    '',
  ].join('\n');
}

/** Compares the policies of a run with the lock file of the workspace; no lock file, no findings. */
export async function checkLock(folder: string, inputs: readonly InputRecord[]): Promise<Finding[]> {
  const path = join(folder, LOCK_FILE);
  if (!(await stat(path).catch(() => null))?.isFile()) return [];
  const {files, findings} = await readDocumentFiles([{path, display: LOCK_FILE}]);
  const document = files[0]?.documents[0];
  if (!document) return findings;
  const {policyLockDocument} = await import('../model/documents/policy-lock.ts');
  const checked = checkDocument<PolicyLockSource>(policyLockDocument, document);
  if (!checked.value)
    return [...findings, ...checked.findings.map((finding) => ({...finding, partial: true}))];
  return compare(checked.value.spec.files, inputs, document);
}

function compare(
  locked: Record<string, string>,
  inputs: readonly InputRecord[],
  document: YamlDocument,
): Finding[] {
  const now = new Map(policyInputs(inputs).map(({file, sha256}) => [file, sha256]));
  const changed = Object.keys(locked).flatMap((file): Finding[] => {
    const found = now.get(file);
    if (found === locked[file]) return [];
    return [
      {
        code: 'BH-POL-016',
        severity: 'medium',
        message:
          found === undefined
            ? `${file} is locked, but no longer used`
            : `${file} has changed since it was locked`,
        where: document.place(['spec', 'files', file]),
        remedy: REMEDY,
      },
    ];
  });
  const added = [...now.keys()].filter((file) => !Object.hasOwn(locked, file));
  return [
    ...changed,
    ...added.map((file): Finding => ({
      code: 'BH-POL-016',
      severity: 'medium',
      message: `${file} is used, but not locked`,
      where: {file: LOCK_FILE},
      remedy: REMEDY,
    })),
  ];
}

const REMEDY =
  'Look at what it changes with `bulkhead policy diff`, then lock it with `bulkhead policy lock`.';

function policyInputs(inputs: readonly InputRecord[]): InputRecord[] {
  return inputs.filter(({role}) => role === 'policies');
}
