import {createHash} from 'node:crypto';
import {mkdir, open, readdir, rename, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {byText, canonicalJson} from '../../document/canonical.ts';
import type {Estate, Facts, Intake, Provenance} from '../../model/estate.ts';
import {withTemporaryFolder} from '../temporary-folder.ts';
import {COLLECTIONS, latestFile, MANIFEST, snapshotRoot, TEMPORARY, type Manifest} from './layout.ts';
import {writeLines} from './ndjson.ts';
import {split, WITH_ORIGIN} from './split.ts';

export interface SnapshotInput {
  intakes: Intake[];
  estate: Estate;
  provenance: Provenance[];
  tool: {name: string; version: string};
  /** ISO 8601; the only clock value. */
  created: string;
}

export interface WrittenSnapshot {
  id: string;
  path: string;
  /** False when a snapshot of the same content was there already. */
  isNew: boolean;
}

/** Folders left by interrupted writes are removed when older than this. One day, ms. */
const ABANDONED_AFTER = 24 * 60 * 60 * 1000;

/**
 * Writes a snapshot below `<workspace>/.bulkhead/snapshots` and makes it the latest. It is built in a temporary folder
 * and renamed when complete, so that an interrupted write leaves no half snapshot. Throws file system errors.
 */
export async function writeSnapshot(workspace: string, input: SnapshotInput): Promise<WrittenSnapshot> {
  const root = snapshotRoot(workspace);
  await mkdir(root, {recursive: true});
  await removeAbandoned(root);
  return withTemporaryFolder(join(root, TEMPORARY), async (folder) => {
    const sums = {
      ...(await writeEstate(folder, input.estate, input.provenance)),
      ...(await writeIntakes(folder, input.intakes)),
    };
    const {sources, ledger} = input.estate;
    const id = createHash('sha256').update(canonicalJson({sources, ledger, sums})).digest('hex').slice(0, 32);
    const manifest: Manifest = {
      apiVersion: 'bulkhead.dev/v1alpha1',
      kind: 'Snapshot',
      id,
      created: input.created,
      tool: input.tool,
      sources,
      ledger,
      sums,
    };
    await writeText(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    const path = join(root, id);
    const isNew = await moveInto(folder, path);
    await pointTo(workspace, id);
    return {id, path, isNew};
  });
}

async function writeEstate(
  folder: string,
  estate: Estate,
  provenance: Provenance[],
): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  await mkdir(join(folder, 'estate'));
  await mkdir(join(folder, 'provenance'));
  for (const collection of COLLECTIONS) {
    const records: object[] = estate[collection];
    const name = `${collection}.ndjson`;
    sums[`estate/${name}`] = await writeLines(
      join(folder, 'estate', name),
      mapped(records, (record) => canonicalJson(split(collection, record).fact)),
    );
    if (!WITH_ORIGIN.has(collection)) continue;
    sums[`provenance/${name}`] = await writeLines(
      join(folder, 'provenance', name),
      mapped(records, (record) => canonicalJson(split(collection, record).origin)),
    );
  }
  sums['provenance/facts.ndjson'] = await writeLines(
    join(folder, 'provenance', 'facts.ndjson'),
    mapped(provenance, (entry) => JSON.stringify(entry)),
  );
  return sums;
}

/** What each file said, as read: the next import joins with this, not with the finished estate. */
async function writeIntakes(folder: string, intakes: Intake[]): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  await mkdir(join(folder, 'intake'));
  const width = String(intakes.length).length;
  const ordered = intakes.toSorted(
    (a, b) =>
      byText(a.source.id, b.source.id) ||
      byText(a.source.file, b.source.file) ||
      byText(a.source.sha256, b.source.sha256),
  );
  for (const [index, intake] of ordered.entries()) {
    const name = `intake/${String(index + 1).padStart(width, '0')}-${intake.source.sha256.slice(0, 12)}.ndjson`;
    sums[name] = await writeLines(join(folder, name), intakeLines(intake));
  }
  return sums;
}

function* intakeLines(intake: Intake): Generator<string> {
  const {source, ledger, findings, facts, provenance} = intake;
  yield JSON.stringify({source, ledger, findings});
  for (const collection of Object.keys(facts) as (keyof Facts)[]) {
    for (const record of facts[collection]) yield JSON.stringify([collection, record]);
  }
  for (const entry of provenance) yield JSON.stringify(['provenance', entry]);
}

function* mapped<T>(items: Iterable<T>, toText: (item: T) => string): Generator<string> {
  for (const item of items) yield toText(item);
}

/** Renames into place; false when the same content is there already. */
async function moveInto(folder: string, path: string): Promise<boolean> {
  try {
    await rename(folder, path);
    return true;
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EPERM') {
      if ((await stat(join(path, MANIFEST)).catch(() => null))?.isFile()) return false;
    }
    throw error;
  }
}

async function pointTo(workspace: string, id: string): Promise<void> {
  const target = latestFile(workspace);
  const draft = `${target}.${TEMPORARY}${process.pid}`;
  await writeText(draft, `${id}\n`, 'w');
  await rename(draft, target);
}

async function writeText(path: string, text: string, flag: 'w' | 'wx' = 'wx'): Promise<void> {
  const file = await open(path, flag);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function removeAbandoned(root: string): Promise<void> {
  const now = Date.now();
  for (const name of await readdir(root)) {
    if (!name.startsWith(TEMPORARY)) continue;
    const path = join(root, name);
    const changed = (await stat(path).catch(() => null))?.mtimeMs ?? now;
    if (now - changed > ABANDONED_AFTER) await rm(path, {recursive: true, force: true});
  }
}
