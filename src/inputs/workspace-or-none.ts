import {isWorkspace, readWorkspace} from '../io/workspace.ts';
import type {Workspace} from '../model/workspace.ts';

/** The workspace of a folder for commands that also work without one; null = none, or a broken one. */
export async function workspaceOrNone(folder: string): Promise<Workspace | null> {
  return (await isWorkspace(folder)) ? (await readWorkspace(folder)).workspace : null;
}
