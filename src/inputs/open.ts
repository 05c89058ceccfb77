import {limitFindings} from '../document/limit-findings.ts';
import {listSnapshots, readIntakes, snapshotSize, type SnapshotInfo} from '../io/snapshot/read.ts';
import {adHocWorkspace, isWorkspace} from '../io/workspace.ts';
import type {Finding} from '../model/common.ts';
import type {Workspace} from '../model/workspace.ts';
import {openWorkspace, readDeclared, type Opened, type Request} from './intake.ts';
import {staleFiles} from './stale-files.ts';

/** An opened run; `workspace` null = `bulkhead.yaml` is missing or broken, or no such snapshot; the findings say why. */
export type OpenedRun = Omit<Opened, 'workspace'> & {workspace: Workspace | null};

/**
 * Everything a run starts from: the named files, else a snapshot, else the declared sources. Once a workspace has
 * snapshots the latest one counts, and declared files that changed since are findings.
 */
export async function open(request: Request): Promise<OpenedRun> {
  const snapshots =
    request.files.length > 0 ? {value: [], findings: []} : await listSnapshots(request.folder);
  const matching = snapshots.value.filter((info) =>
    request.snapshot ? info.id.startsWith(request.snapshot) : info.isLatest,
  );
  if (request.snapshot && matching.length !== 1) {
    const finding = noSnapshot(request.snapshot, matching.length > 1 ? matching : snapshots.value, matching);
    return {request, workspace: null, intakes: [], inputs: [], findings: [finding, ...snapshots.findings]};
  }
  const wanted = matching[0];
  const bare = wanted !== undefined && !(await isWorkspace(request.folder));
  const {workspace, inputs, findings} = bare
    ? {workspace: adHocWorkspace([]), inputs: [], findings: []}
    : await openWorkspace(request);
  const all = [...findings, ...snapshots.findings];
  if (!workspace) return {request, workspace, intakes: [], inputs, findings: all};
  const read = wanted
    ? await fromSnapshot(request, workspace, wanted)
    : await readDeclared(request, workspace);
  const hashes = read.intakes.map(({source}) => ({
    file: source.file,
    sha256: source.sha256,
    role: 'inventory' as const,
  }));
  return {
    request,
    workspace,
    intakes: read.intakes,
    inputs: [...inputs, ...hashes],
    findings: [...all, ...read.findings],
  };
}

async function fromSnapshot(
  request: Request,
  workspace: Workspace,
  info: SnapshotInfo,
): Promise<Pick<Opened, 'intakes' | 'findings'>> {
  await request.makeRoom?.(await snapshotSize(info));
  request.stage(`reading snapshot ${info.id.slice(0, 12)}`);
  const {value: intakes, findings} = await readIntakes(info);
  const stale = await staleFiles(request, workspace, info.manifest.sources);
  const told = limitFindings(intakes.flatMap((intake) => intake.findings));
  return {intakes, findings: [...findings, ...told, ...stale]};
}

function noSnapshot(wanted: string, known: SnapshotInfo[], matching: SnapshotInfo[]): Finding {
  const ids = known.map((info) => info.id.slice(0, 12));
  return {
    code: 'BH-SNAP-101',
    severity: 'high',
    message:
      matching.length > 0
        ? `\`${wanted}\` begins the ids of ${matching.length} snapshots`
        : `there is no snapshot \`${wanted}\``,
    where: {file: '.bulkhead/snapshots'},
    remedy: ids.length > 0 ? `Snapshots: ${ids.join(', ')}.` : 'Run `bulkhead import` first.',
  };
}
