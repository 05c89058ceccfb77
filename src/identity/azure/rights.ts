import type {Certainty} from '../../model/common.ts';
import type {RoleAssignment, RoleDefinition, Workload} from '../../model/estate.ts';
import type {Capability} from '../../model/exposure.ts';
import type {Right} from '../rights.ts';
import {conditionLimits} from './condition.ts';
import type {Denies, Deny} from './denies.ts';
import {type Answer, type Permissions, allows} from './permissions.ts';
import {
  ATTACHES_IDENTITY,
  type AssetActions,
  GRANTS_ACCESS,
  TAKES_IDENTITY,
  TYPICAL_TYPES,
  actionsOf,
} from './tables/asset-actions.ts';
import {assignsOnlySome, builtInRole} from './tables/built-in-roles.ts';

/** A role as one assignment gives it. */
export interface GivenRole {
  /** What makes two assignments give the same: role and condition. */
  key: string;
  name: string;
  set: Permissions & Pick<RoleDefinition, 'blocks'>;
  condition: string | null;
  /** The role itself says which roles its holder may assign. */
  constrained: boolean;
  /** An access policy that a vault keeps itself. */
  policy: boolean;
}

/** A deny that touches a holder, and how surely it binds them. */
export interface Touching {
  deny: Deny;
  binds: Exclude<Answer, 'no'>;
}

/** A sort of workload of the inventory, and the actions to ask about. */
export interface Asset {
  facet: string;
  actions: AssetActions[];
  /** What gives data rights over it: roles, its own access policies, or not known which of them. Absent = whatever is asked. */
  dataBy?: 'roles' | 'policies' | 'either';
}

/** GUID at the end of a role definition id. */
export function roleGuid(roleId: string): string {
  return roleId.slice(roleId.lastIndexOf('/') + 1).toLowerCase();
}

/** The role of an assignment; null = neither exported nor built in. Without an id the role's name is its key. */
export function givenRole(
  assignment: RoleAssignment,
  definition: RoleDefinition | undefined,
): GivenRole | null {
  const guid = roleGuid(assignment.role);
  const set = definition ?? builtInRole(guid);
  if (!set) return null;
  return {
    key: `${assignment.role}\n${assignment.condition ?? ''}`,
    name: set.name || assignment.roleName || assignment.role,
    set,
    condition: assignment.condition,
    constrained: assignsOnlySome(guid),
    policy: /\/accesspolicies\/[^/]+$/.test(assignment.role),
  };
}

const VAULT = 'microsoft.keyvault/vaults';

/**
 * The sorts of Azure resources among the workloads, each with its actions. A vault goes either by roles or by access policies
 * of its own; one whose model is not in the source is a sort of its own.
 */
export function assetsOf(workloads: readonly Workload[]): Asset[] {
  const sorts = new Map<string, Asset>();
  for (const {cloud, type, nativeType, attributes} of workloads) {
    const native = nativeType.toLowerCase();
    if (cloud !== 'azure' || /^(?:microsoft365|entra)\//.test(native)) continue;
    const known = native.includes('.') && native.includes('/');
    const types = known ? [native] : (TYPICAL_TYPES[type] ?? []);
    const vault = types.includes(VAULT);
    const byRoles = vault ? attributes['rbac'] : undefined;
    const facet = `${known ? nativeType : type}${vault ? `?rbac=${byRoles ?? ''}` : ''}`;
    if (sorts.has(facet)) continue;
    sorts.set(facet, {
      facet,
      actions: types.map((one) => actionsOf(one === VAULT && byRoles === true ? `${VAULT}?rbac=true` : one)),
      ...(vault ? {dataBy: byRoles === true ? 'roles' : byRoles === false ? 'policies' : 'either'} : {}),
    });
  }
  return [...sorts.values()].sort((a, b) => (a.facet < b.facet ? -1 : 1));
}

/**
 * What a role gives over a scope once the denies that touch it are taken off. An action is there if the role names it and no
 * deny surely takes it; a condition or a deny that may or may not bind leaves it open.
 */
export function rightsOf(
  role: GivenRole,
  assets: readonly Asset[],
  touching: Touching[],
  denies: Denies,
): Right[] {
  const limits = conditionLimits(role.condition);
  const taken = (action: string, data: boolean): Answer => {
    let worst: Answer = 'no';
    for (const {deny, binds} of touching) {
      const takes = denies.takes(deny, action, data);
      if (takes === 'no') continue;
      if (takes === 'yes' && binds === 'yes') return 'yes';
      worst = 'depends';
    }
    return worst;
  };
  const ask = (action: string, data: boolean): Answer => {
    const allowed = allows(role.set, action, data, conditionLimits);
    if (allowed === 'no') return 'no';
    const loss = taken(action, data);
    if (loss === 'yes') return 'no';
    return loss === 'depends' || allowed === 'depends' || limits(action) ? 'depends' : 'yes';
  };
  const because = (what: string): string => {
    const cut = touching.map(({deny}) => deny.label);
    return `roleAssignment ${role.name}: ${what}${role.condition === null ? '' : ', with condition'}${cut.length === 0 ? '' : `; limited by deny ${cut.join(', ')}`}`;
  };
  let grants = ask(GRANTS_ACCESS, false);
  if (grants === 'yes' && role.constrained) grants = 'depends';
  if (grants === 'yes') return controlRights(assets, touching, taken, because);
  const rights = assetRights(assets, role.set.actions.includes('*'), ask, because, role.policy);
  rights.push(...identityRights(ask, because));
  if (grants === 'depends') rights.push(right('control', 'conditional', because(`may ${GRANTS_ACCESS}`)));
  return rights;
}

type Ask = (action: string, data: boolean) => Answer;

/**
 * Who may assign roles has everything that no deny takes. What a deny takes could still be given to somebody it spares, which
 * leaves control of the whole open.
 */
function controlRights(
  assets: readonly Asset[],
  touching: Touching[],
  taken: Ask,
  because: (what: string) => string,
): Right[] {
  const why = because(`may ${GRANTS_ACCESS}`);
  if (touching.length === 0) return [right('control', 'certain', why)];
  const ask: Ask = (action, data) => {
    const loss = taken(action, data);
    return loss === 'yes' ? 'no' : loss === 'no' ? 'yes' : 'depends';
  };
  return [
    right('control', 'conditional', why),
    ...assetRights(assets, true, ask, because),
    ...identityRights(ask, because),
  ];
}

interface Verdict {
  facet: string;
  control: {answer: Answer; action: string};
  sure: Map<Capability, string>;
  maybe: Map<Capability, string>;
}

/**
 * Rights over the sorts of workloads; one right over all content where a role of all actions leaves nothing out. Vaults whose
 * way is known are told apart.
 */
function assetRights(
  assets: readonly Asset[],
  broad: boolean,
  ask: Ask,
  because: (what: string) => string,
  policy?: boolean,
): Right[] {
  const judged = (some: readonly Asset[]): Verdict[] =>
    some.map((asset) => judge(asset, byModel(asset, ask, policy)));
  if (broad) {
    const apart = assets.filter(({dataBy}) => dataBy === 'roles' || dataBy === 'policies');
    const answers = new Set(judged(assets.filter((asset) => !apart.includes(asset))).map(wholly));
    if (answers.size === 0) answers.add(ask('Microsoft.Compute/virtualMachines/write', false));
    const [only] = answers;
    if (answers.size === 1 && only !== 'no')
      return [
        right(
          apart.length === 0 ? 'content' : 'content?rbac=',
          only === 'yes' ? 'certain' : 'conditional',
          because('actions = *'),
        ),
        ...judged(apart).flatMap((verdict) => rightsOn(verdict, because)),
      ];
  }
  return judged(assets).flatMap((verdict) => rightsOn(verdict, because));
}

function rightsOn({facet, control, sure, maybe}: Verdict, because: (what: string) => string): Right[] {
  if (control.answer === 'yes') return [right(facet, 'certain', because(`may ${control.action}`))];
  const found: Right[] = [];
  if (control.answer === 'depends') found.push(right(facet, 'conditional', because(`may ${control.action}`)));
  if (sure.size > 0) found.push(withCaps(facet, 'certain', sure, because));
  const more = new Map([...maybe].filter(([cap]) => !sure.has(cap)));
  if (more.size > 0 && control.answer === 'no') found.push(withCaps(facet, 'conditional', more, because));
  return found;
}

/**
 * Asks as the asset decides: data rights count where they come by the way it goes; of one whose way is not known nothing but
 * its own policies is certain. Without `policy` (who may assign roles can also change the way) everything counts.
 */
function byModel({dataBy}: Asset, ask: Ask, policy: boolean | undefined): Ask {
  if (dataBy === undefined || policy === undefined) return ask;
  return (action, data) => {
    if (data && dataBy !== 'either') return policy === (dataBy === 'policies') ? ask(action, data) : 'no';
    const answer = ask(action, data);
    const open = dataBy === 'either' && !policy && !/\/delete$/i.test(action);
    return open && answer === 'yes' ? 'depends' : answer;
  };
}

function judge({facet, actions}: Asset, ask: Ask): Verdict {
  const verdict: Verdict = {facet, control: {answer: 'no', action: ''}, sure: new Map(), maybe: new Map()};
  const consider = (action: string, data: boolean): void => {
    if (verdict.control.answer === 'yes') return;
    const answer = ask(action, data);
    if (answer === 'no' || (answer === 'depends' && verdict.control.answer === 'depends')) return;
    verdict.control = {answer, action};
  };
  for (const {control, controlData = [], access} of actions) {
    for (const action of control) consider(action, false);
    for (const action of controlData) consider(action, true);
    for (const {action, data, caps} of access) {
      const answer = ask(action, data === true);
      if (answer === 'no') continue;
      const into = answer === 'yes' ? verdict.sure : verdict.maybe;
      for (const cap of caps) if (!into.has(cap)) into.set(cap, action);
    }
  }
  return verdict;
}

/** Control, or everything a store can be asked for. */
function wholly({control, sure, maybe}: Verdict): Answer {
  const all = (has: (cap: Capability) => boolean): boolean => has('read') && has('write') && has('destroy');
  if (control.answer === 'yes' || all((cap) => sure.has(cap))) return 'yes';
  if (control.answer === 'depends' || all((cap) => sure.has(cap) || maybe.has(cap))) return 'depends';
  return 'no';
}

function identityRights(ask: Ask, because: (what: string) => string): Right[] {
  const takes = TAKES_IDENTITY.map((action) => ({action, answer: ask(action, false)}));
  const sure = takes.find(({answer}) => answer === 'yes');
  if (sure) return [right('identities', 'certain', because(`may ${sure.action}`))];
  const attaches = ATTACHES_IDENTITY.map((action) => ask(action, false));
  const attach = attaches.includes('yes') ? 'yes' : attaches.includes('depends') ? 'depends' : 'no';
  const open = takes.find(({answer}) => answer === 'depends');
  if (attach === 'no' && !open) return [];
  const [action] = ATTACHES_IDENTITY;
  if (attach === 'yes' && ask('Microsoft.Compute/virtualMachines/write', false) === 'yes')
    return [right('identities', 'certain', because(`may ${action}`))];
  const why = open && attach === 'no' ? open.action : `${action}, which needs a workload to attach to`;
  return [right('identities', 'conditional', because(`may ${why}`))];
}

function right(over: string, certainty: Certainty, because: string): Right {
  return {over, certainty, level: 0, because};
}

function withCaps(
  facet: string,
  certainty: Certainty,
  caps: Map<Capability, string>,
  because: (what: string) => string,
): Right {
  const actions = [...new Set(caps.values())].sort();
  const shown = actions.length > 3 ? `${actions.slice(0, 3).join(', ')} …` : actions.join(', ');
  return {...right(facet, certainty, because(`may ${shown}`)), caps: [...caps.keys()].sort()};
}
