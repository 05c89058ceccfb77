import {nearest} from '../document/nearest.ts';
import {policyNames} from '../inputs/policy-names.ts';
import {readPolicies} from '../inputs/policies.ts';
import {readCatalogs} from '../io/catalogs.ts';
import {WORKSPACE_FILE} from '../io/workspace.ts';
import type {Finding} from '../model/common.ts';
import {
  effectiveLimits,
  effectiveRules,
  effectiveTerms,
  type EffectiveField,
  type EffectiveLimit,
  type EffectiveRule,
} from '../policy/effective.ts';
import {Failure} from './failure.ts';

/** The rules of a workspace as they hold, all or the one with this id. */
export async function explainPolicies(
  folder: string,
  rule: string | null,
): Promise<{
  rules: EffectiveRule[];
  limits: EffectiveLimit[];
  exceptions: EffectiveField[];
  findings: Finding[];
}> {
  const {root, names, workspace, findings} = await policyNames(folder, []);
  if (!workspace)
    throw new Failure('the workspace cannot be read', {findings, remedy: 'Point --dir at one.'});
  const {set, findings: problems} = await readPolicies(root, names);
  const {logRetentionDays} = workspace.settings;
  const {catalogs, findings: unusable} = await readCatalogs(root);
  const titles = new Map(
    [...catalogs.values()].flatMap(({framework, controls}) =>
      controls.map(({id, title}): [string, string] => [`${framework} ${id}`, title]),
    ),
  );
  const all = effectiveRules(
    set,
    [{name: 'logRetentionDays', value: logRetentionDays, from: {file: WORKSPACE_FILE}}],
    (framework, control) => titles.get(`${framework} ${control}`) ?? null,
  );
  const rules = rule === null ? all : all.filter((one) => one.rule === rule);
  if (rules.length === 0 && rule !== null) {
    const near = nearest(
      rule,
      all.map((one) => one.rule),
    );
    throw new Failure(`no rule \`${rule}\` is loaded`, {
      remedy: near ? `Did you mean \`${near}\`?` : 'List all with `bulkhead policy explain`.',
    });
  }
  const limits = rule === null ? effectiveLimits(set) : [];
  return {rules, limits, exceptions: effectiveTerms(set), findings: [...findings, ...problems, ...unusable]};
}
