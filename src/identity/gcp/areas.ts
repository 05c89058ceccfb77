import type {BuildContext} from '../context.ts';
import type {Boundaries, Bounds} from './boundaries.ts';
import type {Denials, Limit} from './deny.ts';
import type {Scopes} from './scopes.ts';

/** A part of a scope in which a permission holds. */
export interface Area {
  /** Container, workload or principal. */
  at: string;
  /** `whole` = with everything below · `direct` = what lies in the container itself, not in containers below. */
  reach: 'whole' | 'direct';
  sure: boolean;
  /** Why it is not sure. */
  why: string;
}

/** Where a principal can use a permission it was granted on a scope, after deny rules and boundaries. */
export interface Areas {
  of(principal: string, permission: string, scope: string): readonly Area[];
  /** No rule and no boundary touches what the principal has on the scope, whatever the permission. */
  isFree(principal: string, scope: string): boolean;
  /** Text that is equal for principals whom the same rules and boundaries concern in the same way. */
  key(principal: string): string;
}

/** Rules and boundaries that concern some principals alike, with the answers given for them. */
interface Limits {
  key: string;
  denials: ReadonlyMap<number, Limit>;
  bounds: Bounds | null;
  scopes: Map<string, {touching: readonly Limit[]; answers: Map<string, readonly Area[]>}>;
}

/** Answers are kept per set of limits, so the cost grows with distinct limits rather than with principals. */
export function createAreas(
  context: BuildContext,
  scopes: Scopes,
  denials: Denials,
  boundaries: Boundaries,
): Areas {
  const byPrincipal = new Map<string, Limits>();
  const byKey = new Map<string, Limits>();
  const touching = new Map<string, readonly number[]>();
  return {
    key: (principal) => limitsOf(principal).key,
    isFree(principal, scope) {
      const own = limitsOf(principal);
      return own.bounds === null && at(own, scope).touching.length === 0;
    },
    of(principal, permission, scope) {
      const own = limitsOf(principal);
      const {touching: rules, answers} = at(own, scope);
      let found = answers.get(permission);
      if (found === undefined) answers.set(permission, (found = work(rules, own.bounds, permission, scope)));
      return found;
    },
  };

  function limitsOf(principal: string): Limits {
    let found = byPrincipal.get(principal);
    if (found !== undefined) return found;
    const rules = denials.of(principal);
    const bounds = boundaries.of(principal);
    const text = `${rules.map(({rule, sure}) => `${rule}${sure ? '' : '?'}`).join(',')}|${bounds?.key ?? ''}`;
    found = byKey.get(text);
    if (found === undefined) {
      const own = new Map(rules.map((limit) => [limit.rule, limit]));
      byKey.set(text, (found = {key: String(byKey.size), denials: own, bounds, scopes: new Map()}));
    }
    byPrincipal.set(principal, found);
    return found;
  }

  function at(own: Limits, scope: string) {
    let found = own.scopes.get(scope);
    if (found === undefined) {
      const rules = own.denials.size === 0 ? [] : rulesTouching(scope);
      const limits = rules.flatMap((rule) => own.denials.get(rule) ?? []);
      own.scopes.set(scope, (found = {touching: limits, answers: new Map()}));
    }
    return found;
  }

  /** Rules attached above the scope, to it, or below it. */
  function rulesTouching(scope: string): readonly number[] {
    let found = touching.get(scope);
    if (found === undefined) {
      const home = scopes.home(scope);
      const above = new Set(home === null ? [] : scopes.chain(home));
      found = denials
        .all()
        .filter((rule) => above.has(denials.scope(rule)) || scopes.within(denials.scope(rule), scope));
      touching.set(scope, found);
    }
    return found;
  }

  function work(rules: readonly Limit[], bounds: Bounds | null, permission: string, scope: string): Area[] {
    const naming = rules.filter(({rule}) => denials.names(rule, permission));
    const start: Area = {at: scope, reach: 'whole', sure: true, why: ''};
    const inside = bounds === null ? [start] : bound(start, bounds, permission);
    return inside.flatMap((area) => deny(area, naming));
  }

  /** What of the area lies inside the boundary; the rest stays, in doubt, where the boundary may not hold. */
  function bound(area: Area, bounds: Bounds, permission: string): Area[] {
    const blocks = bounds.blocks(permission);
    if (blocks === 'no' || bounds.inside.some((id) => scopes.within(area.at, id))) return [area];
    const why = `the boundary ${bounds.name} may hold it back`;
    const kept = bounds.inside.filter((id) => scopes.within(id, area.at)).map((at) => ({...area, at}));
    if (blocks === 'maybe' || !bounds.sure || bounds.perhaps.some((id) => scopes.within(area.at, id)))
      return [{...area, sure: false, why}, ...kept];
    const doubted = bounds.perhaps.filter((id) => scopes.within(id, area.at));
    return [...kept, ...doubted.map((at) => ({...area, at, sure: false, why}))];
  }

  function deny(area: Area, naming: readonly Limit[]): Area[] {
    const home = scopes.home(area.at);
    const above = new Set(home === null ? [] : scopes.chain(home));
    const over = naming.filter(({rule}) => above.has(denials.scope(rule)));
    if (over.some(({sure}) => sure)) return [];
    const doubt = over[0];
    const left: Area =
      doubt === undefined
        ? area
        : {...area, sure: false, why: `deny policy ${denials.name(doubt.rule)} may stop it`};
    const below = naming.filter(
      ({rule}) => !above.has(denials.scope(rule)) && scopes.within(denials.scope(rule), area.at),
    );
    return below.length === 0 || area.reach === 'direct' ? [left] : cut(left, below);
  }

  /** Takes the denied containers out of a scope: untouched parts stay whole, containers on the way keep what lies in themselves. */
  function cut(area: Area, below: readonly Limit[]): Area[] {
    const gone = new Set(below.filter(({sure}) => sure).map(({rule}) => denials.scope(rule)));
    const doubted = new Map(below.filter(({sure}) => !sure).map(({rule}) => [denials.scope(rule), rule]));
    const onTheWay = new Set([...gone, ...doubted.keys()].flatMap((id) => scopes.chain(id)));
    const found: Area[] = [];
    const open: Area[] = [area];
    const seen = new Set<string>();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (gone.has(next.at) || seen.has(next.at)) continue;
      seen.add(next.at);
      const rule = doubted.get(next.at);
      const here: Area =
        rule === undefined
          ? next
          : {...next, sure: false, why: `deny policy ${denials.name(rule)} may stop it`};
      if (!onTheWay.has(here.at)) {
        found.push(here);
        continue;
      }
      found.push({...here, reach: 'direct'});
      for (const child of context.children.get(here.at) ?? []) open.push({...here, at: child.id});
    }
    return found;
  }
}
