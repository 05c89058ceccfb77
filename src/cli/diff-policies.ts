import {readdir} from 'node:fs/promises';
import {join, resolve} from 'node:path';
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

/** `workspace`, a folder with a workspace or with policy files, or files, globs and packs separated by commas, relative to the current folder. */
async function planUnder(scored: Scored, text: string): Promise<Planned> {
  if (text === OWN) return place(await judge(scored));
  const folder = resolve(text);
  const entries = await readdir(folder).catch(() => null);
  if (entries) return place(await judge(under(scored, folder, await policiesIn(folder, entries, text))));
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => (name.startsWith('pack:') ? name : resolve(name)));
  return place(await judge(under(scored, scored.request.folder, names)));
}

/** Policies of a folder: those of its workspace, else its YAML files. */
async function policiesIn(folder: string, entries: string[], text: string): Promise<string[]> {
  if (entries.includes('bulkhead.yaml')) {
    const {workspace, findings} = await readWorkspace(folder);
    if (workspace) return policiesOf(workspace);
    throw new Failure(`the workspace in \`${text}\` cannot be read`, {
      findings,
      remedy: 'Correct what is named above.',
    });
  }
  const files = entries.filter((name) => /\.ya?ml$/.test(name)).toSorted();
  if (files.length > 0) return files.map((name) => join(folder, name));
  throw new Failure(`\`${text}\` holds neither a workspace nor policy files`, {
    remedy: `Name a folder with bulkhead.yaml or *.yaml, files and packs separated by commas, or \`${OWN}\`.`,
  });
}

function under(scored: Scored, folder: string, policies: string[]): Scored {
  const {profile: _, ...workspace} = scored.workspace;
  return {...scored, request: {...scored.request, folder}, workspace: {...workspace, policies}};
}

function distinct(findings: Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
