import {joinIntakes} from '../estate/join-intakes.ts';
import {listSnapshots, readIntakes} from '../io/snapshot/read.ts';
import {writeSnapshot} from '../io/snapshot/write.ts';
import type {Finding} from '../model/common.ts';
import type {WithEstate} from '../pipeline.ts';
import {normalise} from '../pipeline.ts';
import {openWorkspace, readDeclared, type Opened, type Request} from './intake.ts';

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
 * the workspace. Nothing is written until `write` is called, so `--strict` can still stop the run.
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
  const previous = latest ? await readIntakes(latest) : {value: [], findings: []};
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
