import {resolve} from 'node:path';
import {readWorkspace} from '../io/workspace.ts';
import type {Finding} from '../model/common.ts';
import type {Workspace} from '../model/workspace.ts';

/** What a policy command works on: named files and packs relative to the current folder, else the workspace's. */
export interface PolicyNames {
  root: string;
  names: string[];
  /** Null = files were named, or `bulkhead.yaml` cannot be read. */
  workspace: Workspace | null;
  findings: Finding[];
}

export async function policyNames(folder: string, named: string[]): Promise<PolicyNames> {
  if (named.length > 0) return {root: process.cwd(), names: named, workspace: null, findings: []};
  const root = resolve(folder);
  const {workspace, findings} = await readWorkspace(root);
  return {root, names: workspace ? policiesOf(workspace) : [], workspace, findings};
}

/** Names of the policies of a workspace: the profile first, so that what stands beside it can add to it. */
export function policiesOf({profile, policies}: Pick<Workspace, 'profile' | 'policies'>): string[] {
  return profile === undefined ? policies : [profile, ...policies];
}
