import {joinIntakes} from '../estate/join-intakes.ts';
import {listSnapshots, readIntakes, snapshotSize} from '../io/snapshot/read.ts';
import {writeSnapshot} from '../io/snapshot/write.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {Intake} from '../model/estate.ts';
import type {WithEstate} from '../pipeline.ts';
import {normalise} from '../pipeline.ts';
import {openWorkspace, readDeclared, type Opened, type Request} from './intake.ts';
import {workspaceOrNone} from './workspace-or-none.ts';

/** What an import did. `snapshot` null = nothing was new and nothing was written. */
export interface Imported {
  estate: WithEstate;
  /** Files of this import that could be read. */
  files: number;
  write: (tool: {name: string; version: string}) => Promise<{id: string; path: string; isNew: boolean}>;
  unchanged: boolean;
}

/**
 * Reads the named files (relative to the current folder) or the declared sources and joins them with the latest snapshot of
 * the workspace; before the first one named files are joined with the declared sources, which every other command reads
 * until there is a snapshot. Nothing is written until `write` is called, so `--strict` can still stop the run.
 * @param workspaceFolder where snapshots live
 */
export async function importFiles(
  request: Request,
  workspaceFolder: string,
): Promise<Imported | {findings: Finding[]}> {
  const {workspace, inputs, findings} = await openWorkspace(request);
  if (!workspace) return {findings};
  const read = await readDeclared(request, workspace);
  if (read.intakes.length === 0) return {findings: [...findings, ...read.findings]};
  const snapshots = await listSnapshots(workspaceFolder);
  const latest = snapshots.value.find((info) => info.isLatest);
  if (latest) await request.makeRoom?.(await snapshotSize(latest));
  const previous = latest ? await readIntakes(latest) : await declaredBefore(request, workspaceFolder);
  const joined = joinIntakes(previous.value, read.intakes);
  const opened: Opened = {
    request,
    workspace,
    intakes: joined.intakes,
    inputs,
    findings: [
      ...findings,
      ...read.findings,
      ...snapshots.findings,
      ...previous.findings,
      ...joined.findings,
    ],
  };
  const estate = await normalise(opened);
  return {
    estate,
    files: read.intakes.length,
    unchanged: joined.unchanged && latest !== undefined,
    write: (tool) =>
      writeSnapshot(workspaceFolder, {
        intakes: joined.intakes,
        estate: estate.estate,
        provenance: estate.provenance,
        tool,
        created: request.now.toISOString(),
      }),
  };
}

/** What the workspace says before it has a snapshot: named files add to it, they do not replace it. */
async function declaredBefore(request: Request, folder: string): Promise<Outcome<Intake[]>> {
  const workspace = request.files.length > 0 ? await workspaceOrNone(folder) : null;
  if (workspace === null) return {value: [], findings: []};
  const {intakes, findings} = await readDeclared({...request, files: [], folder}, workspace);
  // With files named, a pattern of the workspace that matches nothing yet leaves nothing out.
  return {value: intakes, findings: findings.filter(({code}) => code !== 'BH-WS-002')};
}
