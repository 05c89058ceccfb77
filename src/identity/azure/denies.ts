import type {Estate} from '../../model/estate.ts';
import type {DenyRule} from '../../model/identity-facts.ts';
import type {BuildContext} from '../context.ts';
import {type Groups, createGroups} from './groups.ts';
import {type Answer, type Permissions, names} from './permissions.ts';
import {EVERYONE} from './tables/well-known.ts';

/** A deny assignment made ready: what it takes away, from whom, where. */
export interface Deny {
  rule: DenyRule;
  /** Short name for evidence. */
  label: string;
  set: Permissions;
  /** What it takes is not known: the definition is missing, or a condition decides. */
  open: boolean;
}

/** All deny assignments with the questions the evaluation asks. */
export interface Denies {
  all: Deny[];
  groups: Groups;
  /** Whether the deny binds this principal: for certain, perhaps (a group's members are not listed), or not. */
  binds(deny: Deny, principal: string): Answer;
  /** Members of a group that the deny spares although it binds the group. */
  spared(deny: Deny, group: string): string[];
  /** Whether the deny takes the action away where it binds. */
  takes(deny: Deny, action: string, data: boolean): Answer;
}

/** Reads deny assignments, also those an older snapshot holds as role assignments of effect `deny`. */
export function createDenies(context: BuildContext): Denies {
  const groups = createGroups(context);
  const all = [
    ...context.estate.denyRules.filter(({cloud}) => cloud === 'azure').map(fromRule),
    ...fromAssignments(context.estate),
  ].sort((a, b) => (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0));
  return {
    all,
    groups,
    binds(deny, principal) {
      const {principals, exceptPrincipals} = deny.rule;
      const named = principals.some(isEveryone) ? 'yes' : groups.among(principal, principals);
      if (named === 'no') return 'no';
      const excluded = groups.among(principal, exceptPrincipals);
      if (excluded === 'yes') return 'no';
      return excluded === 'no' ? named : 'depends';
    },
    spared({rule}, group) {
      if (rule.exceptPrincipals.length === 0) return [];
      const members = new Set(groups.below(group));
      const spared = rule.exceptPrincipals.flatMap((id) => (members.has(id) ? [id] : groups.below(id)));
      return [...new Set(spared.filter((id) => members.has(id)))].sort();
    },
    takes(deny, action, data) {
      if (!names(deny.set, action, data))
        return deny.open && deny.set.actions.length === 0 ? 'depends' : 'no';
      return deny.open ? 'depends' : 'yes';
    },
  };
}

function fromRule(rule: DenyRule): Deny {
  return {
    rule,
    label: rule.name || rule.id,
    set: {
      actions: rule.actions,
      notActions: rule.exceptActions,
      dataActions: rule.dataActions,
      notDataActions: rule.exceptDataActions,
    },
    open: rule.condition !== null,
  };
}

function fromAssignments({assignments, roleDefinitions}: Estate): Deny[] {
  const denies = assignments.filter(({cloud, effect}) => cloud === 'azure' && effect === 'deny');
  if (denies.length === 0) return [];
  const definitions = new Map(roleDefinitions.map((role) => [role.id, role]));
  return denies.map((assignment) => {
    const set = definitions.get(assignment.role);
    return {
      rule: {
        id: assignment.id,
        name: assignment.roleName,
        cloud: 'azure',
        scope: assignment.scope,
        inherited: true,
        principals: [assignment.principal],
        exceptPrincipals: [],
        actions: set?.actions ?? [],
        exceptActions: set?.notActions ?? [],
        dataActions: set?.dataActions ?? [],
        exceptDataActions: set?.notDataActions ?? [],
        condition: assignment.condition,
      },
      label: assignment.roleName || assignment.id,
      set: set ?? {actions: [], notActions: [], dataActions: [], notDataActions: []},
      open: assignment.condition !== null || set === undefined,
    };
  });
}

function isEveryone(principal: string): boolean {
  return principal === '*' || principal.endsWith(EVERYONE);
}
