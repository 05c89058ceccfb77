import {join, resolve} from 'node:path';
import type {Finding} from '../model/common.ts';
import {hashFile} from '../io/hash-file.ts';
import {packageRoot} from '../io/package-files.ts';

/** How one recorded input compares with the file of that name today. */
export interface InputCheck {
  file: string;
  role: string;
  status: 'same' | 'changed' | 'missing';
}

/**
 * Compares recorded inputs with the files they name, relative to `folder`; `pack:` names are files of the package.
 * A changed file is a finding; one that is not there leaves the question open (partial).
 */
export async function checkInputs(
  inputs: {file: string; sha256: string; role: string}[],
  folder: string,
): Promise<{checks: InputCheck[]; findings: Finding[]}> {
  const checks: InputCheck[] = [];
  const findings: Finding[] = [];
  for (const {file, sha256, role} of inputs) {
    const path = file.startsWith('pack:')
      ? join(packageRoot(), 'policies', file.slice('pack:'.length))
      : resolve(folder, file);
    const actual = await hashFile(path);
    const status = actual === null ? 'missing' : actual === sha256 ? 'same' : 'changed';
    checks.push({file, role, status});
    if (status === 'changed') findings.push(changed(file));
    if (status === 'missing') findings.push(missing(file));
  }
  return {checks, findings};
}

function changed(file: string): Finding {
  return {
    code: 'BH-VER-101',
    severity: 'high',
    message: 'the file is not the one the plan was made from',
    where: {file},
    remedy: 'Run `bulkhead plan` again, or verify beside the original inputs (--dir).',
  };
}

function missing(file: string): Finding {
  return {
    code: 'BH-VER-102',
    severity: 'medium',
    message: 'an input of the plan is not here, so it cannot be compared',
    where: {file},
    remedy: 'Point --dir at the workspace the plan was made in.',
    partial: true,
  };
}

/** The input records of a written plan; entries that are not records are left to the document check. */
export function recordedInputs(run: unknown): {file: string; sha256: string; role: string}[] {
  const inputs = (run as {inputs?: unknown} | null)?.inputs;
  if (!Array.isArray(inputs)) return [];
  return inputs.filter((input: unknown): input is {file: string; sha256: string; role: string} => {
    const record = input as {file?: unknown; sha256?: unknown; role?: unknown} | null;
    return [record?.file, record?.sha256, record?.role].every((part) => typeof part === 'string');
  });
}
