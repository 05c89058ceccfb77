import type {BuildContext} from '../context.ts';
import type {Area} from './areas.ts';
import {
  type Condition,
  type Conditions,
  type Decision,
  type Target,
  typeTarget,
  workloadTarget,
} from './conditions.ts';
import type {Placer} from './place-right.ts';
import type {Scopes} from './scopes.ts';

/** Where in an area a right holds under a condition. */
export interface Narrowed {
  area: Pick<Area, 'at' | 'reach'>;
  decision: Decision;
}

/** Single look-ups per run; beyond, the condition counts as not decided. */
const MOST_LOOKUPS = 500_000;

/** Answers conditions that speak of the resource: by type for a whole container, by name for each workload in it. */
export function createNarrowing(
  context: BuildContext,
  scopes: Scopes,
  conditions: Conditions,
  placer: Placer,
) {
  let spent = 0;
  const known = new Map<string, readonly Narrowed[]>();
  return {
    /** True when conditions were left undecided because there are too many. */
    exhausted: () => spent >= MOST_LOOKUPS,
    narrow(
      area: Pick<Area, 'at' | 'reach'>,
      over: string,
      part: string | undefined,
      condition: Condition,
    ): readonly Narrowed[] {
      const key = `${area.at}\n${area.reach}\n${over}\n${part ?? ''}\n${condition.text}`;
      let found = known.get(key);
      if (found === undefined) known.set(key, (found = work(area, over, part, condition)));
      return found;
    },
  };

  function work(
    area: Pick<Area, 'at' | 'reach'>,
    over: string,
    part: string | undefined,
    condition: Condition,
  ): Narrowed[] {
    const whole = (target: Target): Narrowed[] =>
      keep([{area, decision: conditions.decide(condition, target)}]);
    if (!condition.narrows) return whole(NOTHING);
    if (over === 'control') return whole(containerTarget(area.at));
    if (!over.includes('.googleapis.com'))
      return whole({...IDENTITY, type: over === 'roles' ? 'iam.googleapis.com/Role' : IDENTITY.type});
    const byType = conditions.decide(condition, typeTarget(over, part));
    if (byType.answer !== 'maybe' || !condition.byName) return keep([{area, decision: byType}]);
    const workloads = placer.workloads(area, over);
    spent += workloads.length;
    if (spent >= MOST_LOOKUPS) return [{area, decision: byType}];
    const each = workloads.map((workload): Narrowed => ({
      area: {at: workload.id, reach: 'whole'},
      decision: conditions.decide(condition, workloadTarget(workload, part, scopes, context)),
    }));
    const first = each[0]?.decision;
    const alike = first !== undefined && each.every(({decision}) => decision.answer === first.answer);
    return keep(alike ? [{area, decision: first}] : each);
  }

  /** The right to set a policy is asked for on the container itself, or on any below it. */
  function containerTarget(at: string): Target {
    const service = 'cloudresourcemanager.googleapis.com';
    const container = context.containers.get(at);
    if (container?.kind !== 'project') return {service, type: null, name: null};
    const names = [at, ...(container.aliases ?? [])].map((id) => id.replace(/^gcp:/, ''));
    return {service, type: `${service}/Project`, name: {spellings: names}};
  }
}

function keep(all: Narrowed[]): Narrowed[] {
  return all.filter(({decision}) => decision.answer !== 'no');
}

const NOTHING: Target = {service: null, type: null, name: null};
const IDENTITY: Target = {
  service: 'iam.googleapis.com',
  type: 'iam.googleapis.com/ServiceAccount',
  name: null,
};
