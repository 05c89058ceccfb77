import type {Provenance, Workload} from '../model/estate.ts';
import type {WorkloadExposure} from '../model/exposure.ts';
import type {Decision, PlanRun} from '../model/plan.ts';
import type {WorkloadSensitivity} from '../model/sensitivity.ts';
import type {GraphIndex} from '../exposure/index-graph.ts';
import {replay, type AxisReplay} from '../sensitivity/replay.ts';
import {type Access, whoHasAccess} from './access.ts';
import {chains, type Chain} from './chain.ts';
import {namesOf} from './names.ts';

/** Everything about one workload. */
export interface WorkloadExplanation {
  subject: {kind: 'workload'; id: string; name: string};
  workload: Workload;
  provenance: Provenance[];
  sensitivity: WorkloadSensitivity;
  /** How each level came about: what decided, what was superseded, over which workloads a need was taken over. */
  replay: AxisReplay[];
  exposure: WorkloadExposure;
  /** Roots that reach it, with evidence. */
  reachedBy: Chain[];
  reachedByTotal: number;
  /** Workloads that fall with it when it is compromised. */
  reaches: Chain[];
  reachesTotal: number;
  /** Who can read, write or destroy it, directly or through chains. */
  access: Access;
  decision: Decision | null;
  /** Cuts that make a move of this workload worth while. */
  combined: NonNullable<PlanRun['combined']>;
  /** Of all amounts in the decision, ISO 4217; null = no site states a price. */
  currency: string | null;
  /** Names of what is mentioned by id. */
  names: Record<string, string>;
}

export function explainWorkload(
  from: {
    workload: Workload;
    provenance: Provenance[];
    sensitivity: WorkloadSensitivity;
    /** Sensitivity of other workloads, for the way a need came. */
    needOf: (workload: string) => WorkloadSensitivity | undefined;
    exposure: WorkloadExposure;
    decision: Decision | null;
    /** All cuts with moves of the plan. */
    combined: NonNullable<PlanRun['combined']>;
    currency: string | null;
  },
  index: GraphIndex,
  limit: number,
): WorkloadExplanation {
  const {id, name} = from.workload;
  const reachedBy = chains(index, id, 'reverse', {kinds: ['root'], limit});
  const steps = replay(from.sensitivity, from.needOf);
  const reaches = chains(index, id, 'forward', {kinds: ['workload'], limit});
  return {
    subject: {kind: 'workload', id, name},
    workload: from.workload,
    provenance: from.provenance.filter((entry) => entry.fact === id),
    sensitivity: from.sensitivity,
    replay: steps,
    exposure: from.exposure,
    reachedBy: reachedBy.chains,
    reachedByTotal: reachedBy.total,
    reaches: reaches.chains,
    reachesTotal: reaches.total,
    access: whoHasAccess(index.graph, id, limit),
    decision: from.decision,
    currency: from.currency,
    combined: from.combined.filter(({moves}) => moves.some(({workload}) => workload === id)),
    names: namesOf(
      index,
      [...reachedBy.chains, ...reaches.chains],
      [
        ...mentioned(from),
        ...steps.flatMap((axis) => axis.steps.flatMap(({chain = []}) => chain.map(({workload}) => workload))),
      ],
    ),
  };
}

/** Ids the scores and the decision mention. */
function mentioned({
  exposure,
  decision,
}: {
  exposure: WorkloadExposure;
  decision: Decision | null;
}): (string | null)[] {
  const scored = exposure.contributions.map(({root}) => root);
  if (!decision) return scored;
  const {rootsKept, rootsLeft, rootsAdded} = decision.exposure;
  return [
    ...scored,
    ...rootsKept,
    ...rootsLeft,
    ...rootsAdded,
    ...decision.companions,
    decision.gainsNothing?.cutFirst ?? null,
  ];
}
