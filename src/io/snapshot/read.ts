import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Finding, Outcome} from '../../model/common.ts';
import type {Estate, Facts, Intake, Provenance} from '../../model/estate.ts';
import {emptyFacts} from '../../model/facts.ts';
import {sizeOf} from '../files.ts';
import {COLLECTIONS, latestFile, MANIFEST, snapshotRoot, TEMPORARY, type Manifest} from './layout.ts';
import {readLines} from './ndjson.ts';
import {unite, WITH_ORIGIN} from './split.ts';

export interface SnapshotInfo {
  id: string;
  path: string;
  manifest: Manifest;
  isLatest: boolean;
}

export interface Snapshot extends SnapshotInfo {
  estate: Estate;
  provenance: Provenance[];
}

/** All snapshots of a workspace, oldest first. A folder without a readable manifest is a finding. */
export async function listSnapshots(workspace: string): Promise<Outcome<SnapshotInfo[]>> {
  const root = snapshotRoot(workspace);
  const findings: Finding[] = [];
  const value: SnapshotInfo[] = [];
  const entries = await readdir(root, {withFileTypes: true}).catch(() => []);
  for (const entry of entries) {
    if (!entry.isDirectory() || entry.name.startsWith(TEMPORARY)) continue;
    const path = join(root, entry.name);
    const manifest = await readManifest(path);
    if (manifest) value.push({id: entry.name, path, manifest, isLatest: false});
    else findings.push(damaged(path, MANIFEST));
  }
  value.sort((a, b) => compare(a.manifest.created, b.manifest.created) || compare(a.id, b.id));
  const pointer = (await readFile(latestFile(workspace), 'utf8').catch(() => '')).trim();
  const latest = value.find(({id}) => id === pointer) ?? value.at(-1);
  return {value: value.map((info) => ({...info, isLatest: info === latest})), findings};
}

/** The newest snapshot; null when there is none or it is damaged (then with a finding). */
export async function readLatestSnapshot(workspace: string): Promise<Outcome<Snapshot | null>> {
  const {value, findings} = await listSnapshots(workspace);
  const latest = value.find(({isLatest}) => isLatest);
  if (!latest) return {value: null, findings};
  const read = await readSnapshot(latest);
  return {value: read.value, findings: [...findings, ...read.findings]};
}

/** Estate and provenance of a snapshot. Every file is checked against its sum. */
export async function readSnapshot(info: SnapshotInfo): Promise<Outcome<Snapshot | null>> {
  const {manifest} = info;
  const parts: Record<string, unknown[]> = {};
  for (const collection of COLLECTIONS) {
    const name = `${collection}.ndjson`;
    const facts = await readPart(info, `estate/${name}`);
    const origins = WITH_ORIGIN.has(collection) ? await readPart(info, `provenance/${name}`) : [];
    if (!facts || !origins) return {value: null, findings: [damaged(info.path, name)]};
    parts[collection] = facts.map((fact, index) => unite(collection, fact, origins[index]));
  }
  const provenance = await readPart(info, 'provenance/facts.ndjson');
  if (!provenance) return {value: null, findings: [damaged(info.path, 'provenance/facts.ndjson')]};
  const estate = {...parts, sources: manifest.sources, ledger: manifest.ledger} as unknown as Estate;
  return {value: {...info, estate, provenance: provenance as Provenance[]}, findings: []};
}

/** Bytes {@link readIntakes} is about to read. */
export function snapshotSize({path, manifest}: SnapshotInfo): Promise<number> {
  return sizeOf(intakeFiles(manifest).map((name) => join(path, name)));
}

/** What each file of a snapshot said, for joining with further files. */
export async function readIntakes(info: SnapshotInfo): Promise<Outcome<Intake[]>> {
  const value: Intake[] = [];
  const findings: Finding[] = [];
  for (const name of intakeFiles(info.manifest)) {
    const lines = await readPart(info, name);
    if (!lines) {
      findings.push(damaged(info.path, name));
      continue;
    }
    const [head, ...rest] = lines as [Pick<Intake, 'source' | 'ledger' | 'findings'>, ...[string, unknown][]];
    const facts = emptyFacts();
    const provenance: Provenance[] = [];
    for (const [collection, record] of rest) {
      if (collection === 'provenance') provenance.push(record as Provenance);
      else (facts[collection as keyof Facts] as unknown[]).push(record);
    }
    value.push({...head, facts, provenance});
  }
  return {value, findings};
}

function intakeFiles({sums}: Manifest): string[] {
  return Object.keys(sums)
    .filter((name) => name.startsWith('intake/'))
    .sort();
}

async function readPart(info: SnapshotInfo, name: string): Promise<unknown[] | null> {
  const sum = info.manifest.sums[name];
  if (sum === undefined) return null;
  return readLines(join(info.path, name), sum).catch(() => null);
}

async function readManifest(path: string): Promise<Manifest | null> {
  try {
    const manifest = JSON.parse(await readFile(join(path, MANIFEST), 'utf8')) as Partial<Manifest>;
    return manifest.kind === 'Snapshot' && manifest.sums !== undefined ? (manifest as Manifest) : null;
  } catch {
    return null;
  }
}

function damaged(path: string, file: string): Finding {
  return {
    code: 'BH-SNAP-001',
    severity: 'critical',
    message: `the snapshot is damaged: ${file} is missing or was changed after it was written`,
    where: {file: path},
    remedy: 'Remove this snapshot folder and import the files again.',
    partial: true,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
