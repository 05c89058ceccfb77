import {dirname} from 'node:path';
import type {Finding, Place} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {nearest} from '../document/nearest.ts';
import {readDocumentFiles} from '../io/documents.ts';
import {displayName, expand, type NamedFile} from '../io/files.ts';
import {PACKS, shippedPolicyFiles} from '../io/package-files.ts';
import {loadPolicies, type PolicyFile, type PolicySet} from '../policy/parse.ts';
import type {InputRecord} from './intake.ts';
import {records} from './parameters.ts';

/** Files of a pack that hold its tests: plans neither read nor record them. */
const TEST_FILE = /(^|[./])tests?\.ya?ml$/;

/**
 * Reads policy files and packs (`pack:NAME`), and before a profile what it extends, each file once; `tests` also reads the
 * test files of packs. Unknown packs, missing files and cyclic profiles are findings; everything else stays.
 */
export async function readPolicyFiles(
  folder: string,
  names: string[],
  options: {tests?: boolean} = {},
): Promise<{files: PolicyFile[]; inputs: InputRecord[]; findings: Finding[]}> {
  const result: Collected = {files: [], inputs: [], findings: [], seen: new Set()};
  const collector = {folder, tests: options.tests ?? false, result};
  for (const name of names) await collect(name, folder, [], null, collector);
  const {files, inputs, findings} = result;
  return {files, inputs, findings};
}

interface Collected {
  files: PolicyFile[];
  inputs: InputRecord[];
  findings: Finding[];
  seen: Set<string>;
}

interface Collector {
  /** Names are shown relative to it. */
  folder: string;
  tests: boolean;
  result: Collected;
}

/** Reads what a name stands for; `chain` holds the profiles that led here, `by` where the last of them says so. */
async function collect(
  name: string,
  base: string,
  chain: readonly string[],
  by: Place | null,
  {folder, tests, result}: Collector,
): Promise<void> {
  const pack = name.startsWith('pack:') ? name.slice('pack:'.length) : null;
  const found = pack === null ? await expandFrom(folder, base, name) : shipped(pack, tests);
  result.findings.push(...found.findings.map((finding) => (by ? {...finding, where: by} : finding)));
  for (const file of found.files) {
    if (chain.includes(file.display)) {
      result.findings.push(cyclic([...chain.slice(chain.indexOf(file.display)), file.display], by));
      continue;
    }
    if (result.seen.has(file.display)) continue;
    const read = await readDocumentFiles([file]);
    result.findings.push(...read.findings);
    for (const {file: display, documents} of read.files) {
      for (const document of documents) {
        for (const [index, link] of linksOf(document).entries())
          await collect(
            link,
            dirname(file.path),
            [...chain, display],
            document.place(['spec', 'extends', index]),
            {folder, tests: false, result},
          );
      }
      result.files.push({file: display, pack, documents});
    }
    result.seen.add(file.display);
    result.inputs.push(...records(read.files, 'policies'));
  }
}

/** Files that match a pattern relative to `base`, with names relative to `folder`. */
async function expandFrom(folder: string, base: string, name: string): ReturnType<typeof expand> {
  const found = await expand(base, [name], 'policy');
  if (base === folder) return found;
  return {...found, files: found.files.map(({path}) => ({path, display: displayName(folder, path)}))};
}

/** What a profile extends; of anything else, nothing. Wrong entries are told when the profile is checked. */
function linksOf({value}: YamlDocument): string[] {
  const {kind, spec} = (value ?? {}) as {kind?: unknown; spec?: {extends?: unknown} | null};
  const links = kind === 'Profile' ? spec?.extends : null;
  return Array.isArray(links) ? links.filter((link) => typeof link === 'string') : [];
}

function cyclic(names: string[], by: Place | null): Finding {
  return {
    code: 'BH-POL-015',
    severity: 'high',
    message: `profiles extend each other in a circle: ${names.join(' → ')}`,
    where: by ?? {},
    remedy: 'Remove one of these links; this one is not followed.',
    partial: true,
  };
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

/** Records of the shipped portability table, which every plan reads. */
export async function portabilityInputs(): Promise<InputRecord[]> {
  return records((await readDocumentFiles(shippedPolicyFiles('portability'))).files, 'policies');
}

/**
 * Reads, parses and type-checks policies together with the shipped portability table. A broken rule is isolated and
 * makes the run partial.
 * @param options.instead files to take instead of those that were read; null = these
 */
export async function readPolicies(
  folder: string,
  names: string[],
  options: {tests?: boolean; instead?: readonly PolicyFile[] | null} = {},
): Promise<{set: PolicySet; inputs: InputRecord[]; findings: Finding[]}> {
  const {files, inputs, findings} = await readPolicyFiles(folder, names, options);
  const portability = await readDocumentFiles(shippedPolicyFiles('portability'));
  const tables = portability.files.map(({file, documents}) => ({file, pack: 'portability', documents}));
  const {value: set, findings: problems} = await loadPolicies([...(options.instead ?? files), ...tables]);
  return {
    set,
    inputs: [...inputs, ...records(portability.files, 'policies')],
    findings: [...findings, ...portability.findings, ...problems],
  };
}
