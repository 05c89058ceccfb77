import type {RoleDefinition} from '../../model/estate.ts';
import {actionMatches} from '../rights.ts';

/** A set of allowed or denied actions, as a role definition or a deny assignment states it. */
export type Permissions = Pick<RoleDefinition, 'actions' | 'notActions' | 'dataActions' | 'notDataActions'>;

/** Whether an action is allowed or denied: for certain, under a condition nobody here can decide, or not. */
export type Answer = 'yes' | 'depends' | 'no';

/**
 * Whether a role allows the action: by its blocks where it has several, each with its own exceptions and condition.
 * @param limits which actions a condition can withhold
 */
export function allows(
  set: Permissions & Pick<RoleDefinition, 'blocks'>,
  action: string,
  data: boolean,
  limits: (condition: string | null) => (action: string) => boolean,
): Answer {
  if (set.blocks === undefined) return names(set, action, data) ? 'yes' : 'no';
  const naming = set.blocks.filter((block) => names(block, action, data));
  if (naming.length === 0) return 'no';
  return naming.some(({condition}) => !limits(condition)(action)) ? 'yes' : 'depends';
}

/**
 * True when the set names the action: some pattern of `actions` fits and none of `notActions`; data actions by their own
 * two lists. Patterns ignore case, `*` stands for anything including `/`.
 */
export function names(set: Permissions, action: string, data: boolean): boolean {
  const allowed = data ? set.dataActions : set.actions;
  const except = data ? set.notDataActions : set.notActions;
  return allowed.some((p) => actionMatches(p, action)) && !except.some((p) => actionMatches(p, action));
}
