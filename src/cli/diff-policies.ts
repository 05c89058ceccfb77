import {stat} from 'node:fs/promises';
import {resolve} from 'node:path';
import {policyDifference, type PolicyDifference} from '../explain/policy-diff.ts';
import {policiesOf} from '../inputs/policy-names.ts';
import {readWorkspace} from '../io/workspace.ts';
import type {Finding} from '../model/common.ts';
import {judge, place, type Planned, type Scored} from '../pipeline.ts';
import {Failure} from './failure.ts';

/** Stands for the policies of the workspace the run is about. */
const OWN = 'workspace';

/** Plans one scored estate under two sets of policies and compares the decisions. */
export async function diffPolicies(
  scored: Scored,
  names: {before: string; after: string},
): Promise<{difference: PolicyDifference; findings: Finding[]}> {
  const before = await planUnder(scored, names.before);
  const after = await planUnder(scored, names.after);
  const side = ({policy, plan}: Planned) => ({
    rules: policy.rules.map(({rule}) => rule),
    decisions: plan.decisions,
  });
  const told = new Set(scored.findings);
  const partial = [...before.findings, ...after.findings].filter(
    (finding) => finding.partial && !told.has(finding),
  );
  return {
    difference: policyDifference(side(before), side(after)),
    findings: [...scored.findings, ...distinct(partial)],
  };
}

/** `workspace`, a folder with a workspace, or files, globs and packs separated by commas, relative to the current folder. */
async function planUnder(scored: Scored, text: string): Promise<Planned> {
  if (text === OWN) return place(await judge(scored));
  const folder = resolve(text);
  if ((await stat(folder).catch(() => null))?.isDirectory()) {
    const {workspace, findings} = await readWorkspace(folder);
    if (!workspace)
      throw new Failure(`\`${text}\` holds no workspace`, {
        findings,
        remedy: `Name files and packs separated by commas, a workspace folder, or \`${OWN}\`.`,
      });
    return place(await judge(under(scored, folder, policiesOf(workspace))));
  }
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => (name.startsWith('pack:') ? name : resolve(name)));
  return place(await judge(under(scored, scored.request.folder, names)));
}

function under(scored: Scored, folder: string, policies: string[]): Scored {
  const {profile: _, ...workspace} = scored.workspace;
  return {...scored, request: {...scored.request, folder}, workspace: {...workspace, policies}};
}

function distinct(findings: Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
