import type {ChoiceTable, CutCertificate, WrittenDual} from '../../model/plan.ts';
import type {PlacementInput} from '../input.ts';
import type {DualPoint} from './dual.ts';
import type {LimitedPlan} from './limited-plan.ts';
import type {ChoiceModel} from './model.ts';

/** What each unit could choose, as it is written into the plan. */
export function choiceTable({sites}: PlacementInput, {built, result, planned}: LimitedPlan): ChoiceTable {
  const {model} = built;
  return {
    start: Array.from(model.start),
    site: Array.from(model.site, (s) => sites[s]?.id ?? null),
    class: Array.from(model.label),
    values: model.values.map((values) => Array.from(values)),
    useStart: Array.from(model.useStart),
    limit: Array.from(model.useOf),
    amount: Array.from(model.amount),
    chosen: Array.from(result.chosen),
    limits: model.resources.map(({id, limit, scale, unit}, r) => ({
      id,
      most: limit,
      scale,
      unit,
      ...(planned[r]!.limit > limit ? {allowed: planned[r]!.limit} : {}),
    })),
  };
}

/** The flow at the best prices, in the order of the arcs of the written first level; null when nothing was priced. */
export function dualCertificate({built, result, enforced}: LimitedPlan): CutCertificate | null {
  const {dual} = result;
  if (!dual) return null;
  const {model} = built;
  const {leaves} = dual;
  return {
    levels: [],
    dual: {
      ...writtenPoint(model, enforced, dual),
      ...(leaves
        ? {leaves: leaves.map(({held, point}) => ({held, ...writtenPoint(model, enforced, point)}))}
        : {}),
    },
  };
}

function writtenPoint({levels, resources}: ChoiceModel, enforced: number[], dual: DualPoint): WrittenDual {
  const {forward, backward} = levels[0]!;
  const arcs: number[] = [];
  dual.flow.net.forEach((net, e) => {
    if (forward[e]! > 0) arcs.push(Math.max(0, net));
    if (backward[e]! > 0) arcs.push(Math.max(0, -net));
  });
  const multipliers = resources.map(() => 0);
  enforced.forEach((r, k) => (multipliers[r] = dual.multipliers[k]!));
  return {
    scale: dual.scale,
    multipliers,
    source: Array.from(dual.flow.source),
    sink: Array.from(dual.flow.sink),
    arcs,
    flow: dual.flow.flow,
    bound: dual.bound,
  };
}
