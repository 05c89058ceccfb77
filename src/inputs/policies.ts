import type {Finding} from '../model/common.ts';
import {nearest} from '../document/nearest.ts';
import {readDocumentFiles} from '../io/documents.ts';
import {expand, type NamedFile} from '../io/files.ts';
import {PACKS, shippedPolicyFiles} from '../io/package-files.ts';
import {loadPolicies, type PolicyFile, type PolicySet} from '../policy/parse.ts';
import type {InputRecord} from './intake.ts';
import {records} from './parameters.ts';

/** Files of a pack that hold its tests: plans neither read nor record them. */
const TEST_FILE = /(^|[./])tests?\.ya?ml$/;

/**
 * Reads policy files and packs (`pack:NAME`); `tests` also reads the test files of packs. Unknown packs and missing
 * files are findings; the others stay.
 */
export async function readPolicyFiles(
  folder: string,
  names: string[],
  options: {tests?: boolean} = {},
): Promise<{files: PolicyFile[]; inputs: InputRecord[]; findings: Finding[]}> {
  const files: PolicyFile[] = [];
  const inputs: InputRecord[] = [];
  const findings: Finding[] = [];
  for (const name of names) {
    const pack = name.startsWith('pack:') ? name.slice('pack:'.length) : null;
    const found =
      pack === null ? await expand(folder, [name], 'policy') : shipped(pack, options.tests ?? false);
    const read = await readDocumentFiles(found.files);
    findings.push(...found.findings, ...read.findings);
    files.push(...read.files.map(({file, documents}) => ({file, pack, documents})));
    inputs.push(...records(read.files, 'policies'));
  }
  return {files, inputs, findings};
}

function shipped(pack: string, tests: boolean): {files: NamedFile[]; findings: Finding[]} {
  if ((PACKS as readonly string[]).includes(pack)) {
    const files = shippedPolicyFiles(pack).filter(({display}) => tests || !TEST_FILE.test(display));
    return {files, findings: []};
  }
  const near = nearest(pack, PACKS);
  const finding: Finding = {
    code: 'BH-WS-005',
    severity: 'high',
    message: `unknown policy pack \`${pack}\`${near ? ` (did you mean \`${near}\`?)` : ''}`,
    where: {file: 'bulkhead.yaml'},
    remedy: `Shipped packs: ${PACKS.join(', ')}.`,
    partial: true,
  };
  return {files: [], findings: [finding]};
}

/** Reads, parses and type-checks policies together with the shipped portability table. A broken rule is isolated and makes the run partial. */
export async function readPolicies(
  folder: string,
  names: string[],
  options: {tests?: boolean} = {},
): Promise<{set: PolicySet; inputs: InputRecord[]; findings: Finding[]}> {
  const {files, inputs, findings} = await readPolicyFiles(folder, names, options);
  const portability = await readDocumentFiles(shippedPolicyFiles('portability'));
  const tables = portability.files.map(({file, documents}) => ({file, pack: 'portability', documents}));
  const {value: set, findings: problems} = await loadPolicies([...files, ...tables]);
  return {
    set,
    inputs: [...inputs, ...records(portability.files, 'policies')],
    findings: [...findings, ...portability.findings, ...problems],
  };
}
