import type {Workspace} from '../model/workspace.ts';
import {openWorkspace, readDeclared, type Opened, type Request} from './intake.ts';

/**
 * Everything a run starts from: the named files, a snapshot, or the declared sources, in this order. Once a
 * workspace has snapshots the latest one counts, and declared files that changed since are findings.
 */
export async function open(
  request: Request,
): Promise<Omit<Opened, 'workspace'> & {workspace: Workspace | null}> {
  const {workspace, inputs, findings} = await openWorkspace(request);
  if (!workspace) return {request, workspace, intakes: [], inputs, findings};
  const read = await readDeclared(request, workspace);
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
    findings: [...findings, ...read.findings],
  };
}
