import type {DenyRule} from '../../model/identity-facts.ts';
import type {BuildContext} from '../context.ts';
import {actionMatches} from '../rights.ts';
import type {Answer} from './condition/decide.ts';
import {type PrincipalWorld, holds} from './principal-sets.ts';

/** One deny rule as it concerns a principal: for certain, or perhaps (a condition on tags, a group nobody lists). */
export interface Limit {
  rule: number;
  sure: boolean;
}

/** Deny policies: asked before any allow policy, inherited by everything below. */
export interface Denials {
  /** Rules that may stop this principal, in order. */
  of(principal: string): readonly Limit[];
  /** Numbers of all rules. */
  all(): readonly number[];
  /** Container the rule is attached to. */
  scope(rule: number): string;
  /** Whether the rule names the permission. */
  names(rule: number, permission: string): boolean;
  name(rule: number): string;
}

/** Indexes the rules by whom they name, so that the cost does not grow with rules × principals. */
export function createDenials(context: BuildContext, world: PrincipalWorld): Denials {
  const sorted = context.estate.denyRules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const rules = sorted.flatMap((rule) => {
    if (rule.cloud !== 'gcp') return [];
    const scope = world.scopes.container(rule.scope);
    if (scope === null) tellStray(context, rule);
    return scope === null ? [] : [{rule, scope, matches: new Map<string, boolean>()}];
  });
  const byMember = new Map<string, number[]>();
  const bySet: number[] = [];
  for (const [i, {rule}] of rules.entries()) {
    if (rule.principals.every((set) => /^gcp:(?:user|serviceAccount|group):/.test(set))) {
      for (const set of rule.principals) push(byMember, set.toLowerCase(), i);
    } else bySet.push(i);
    // An account may be in a group whose members nobody lists.
    if (
      bySet.at(-1) !== i &&
      rule.principals.some((set) => set.startsWith('gcp:group:') && !world.membership.isListed(set))
    )
      bySet.push(i);
  }
  const known = new Map<string, readonly Limit[]>();
  return {
    of(principal) {
      let found = known.get(principal);
      if (found !== undefined) return found;
      const candidates = new Set(bySet);
      for (const id of [principal, ...world.membership.groupsOf(principal)])
        for (const rule of byMember.get(id.toLowerCase()) ?? []) candidates.add(rule);
      found = [...candidates]
        .sort((a, b) => a - b)
        .flatMap((i) => {
          const answer = concerns(rules[i]!.rule, principal, world);
          return answer === 'no' ? [] : [{rule: i, sure: answer === 'yes'}];
        });
      known.set(principal, found);
      return found;
    },
    all: () => [...rules.keys()],
    scope: (rule) => rules[rule]!.scope,
    name: (rule) => rules[rule]!.rule.name,
    names(rule, permission) {
      const {rule: written, matches} = rules[rule]!;
      let answer = matches.get(permission);
      if (answer === undefined) {
        answer =
          written.actions.some((pattern) => deniedBy(pattern, permission)) &&
          !written.exceptActions.some((pattern) => deniedBy(pattern, permission));
        matches.set(permission, answer);
      }
      return answer;
    },
  };
}

/** Whether the rule stops the principal where it names the permission. A condition (on tags) is not decided. */
function concerns(
  {principals, exceptPrincipals, condition}: DenyRule,
  id: string,
  world: PrincipalWorld,
): Answer {
  const denied = any(principals.map((set) => holds(set, id, world)));
  if (denied === 'no') return 'no';
  const excepted = any(exceptPrincipals.map((set) => holds(set, id, world)));
  if (excepted === 'yes') return 'no';
  return denied === 'yes' && excepted === 'no' && condition === null ? 'yes' : 'maybe';
}

function any(answers: Answer[]): Answer {
  return answers.includes('yes') ? 'yes' : answers.includes('maybe') ? 'maybe' : 'no';
}

/** Services whose name in front of permissions is not the name of their API. */
const SERVICES: Readonly<Record<string, string>> = {
  resourcemanager: 'cloudresourcemanager.googleapis.com',
  bigtable: 'bigtableadmin.googleapis.com',
};

/**
 * Whether a denied permission (`iam.googleapis.com/roles.create`, `storage.googleapis.com/*.*`, `*.delete` behind the service)
 * names a permission of a role (`iam.roles.create`).
 */
export function deniedBy(pattern: string, permission: string): boolean {
  const dot = permission.indexOf('.');
  const service = permission.slice(0, dot);
  const rest = permission.slice(dot + 1);
  const slash = pattern.indexOf('/');
  if (slash < 0) return actionMatches(pattern, permission);
  const host = pattern.slice(0, slash).toLowerCase();
  const named =
    host === '*' ||
    host === (SERVICES[service] ?? `${service.toLowerCase()}.googleapis.com`) ||
    host === `${service.toLowerCase()}.googleapis.com`;
  return named && actionMatches(pattern.slice(slash + 1), rest);
}

function tellStray({graph}: BuildContext, rule: DenyRule): void {
  graph.findings.push({
    code: 'BH-ID-302',
    severity: 'low',
    message: `deny rule \`${rule.name}\` is attached to \`${rule.scope}\`, which is not in the inventory; it limits nobody here`,
    where: {id: rule.id},
    remedy: 'Import the organisation, folder or project it is attached to.',
  });
}

function push(groups: Map<string, number[]>, key: string, value: number): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
