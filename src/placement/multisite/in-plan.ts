import type {LimitedPlan} from '../constraints/limited-plan.ts';
import {usedBy} from '../constraints/model.ts';
import type {ChoiceTable, Decision, LimitUse, PlanRun} from '../../model/plan.ts';
import type {ChosenSites} from './choose-sites.ts';

/** Options at which units end, where that differs from the choice of classes. */
export function finalOptions(sited: ChosenSites | null): Pick<ChoiceTable, 'final'> {
  return sited?.final ? {final: Array.from(sited.final)} : {};
}

/** What the plan uses of its limits once sites within the classes are chosen. */
export function limitsUsed({built: {model}, limits}: LimitedPlan, sited: ChosenSites | null): LimitUse[] {
  if (!sited?.final) return limits;
  const used = usedBy(model, sited.final);
  const position = new Map(model.resources.map(({id}, r) => [id, r]));
  return limits.map((limit) => {
    const r = position.get(limit.id)!;
    const {limit: most, scale} = model.resources[r]!;
    return {...limit, used: used[r]! / scale, status: used[r]! > most ? 'exceeded' : 'kept'};
  });
}

/** Decisions that tell first why a workload stands elsewhere in its class. */
export function withSiteReasons(decisions: Decision[], sited: ChosenSites | null): Decision[] {
  if (!sited) return decisions;
  return decisions.map((decision, w) => {
    const reasons = sited.reasons(w);
    return reasons.length > 0 ? {...decision, reasons: [...reasons, ...decision.reasons]} : decision;
  });
}

/** What is claimed of the choice of sites beside what is claimed of the classes. */
export function withSites(
  optimality: PlanRun['optimality'],
  sited: ChosenSites | null,
): PlanRun['optimality'] {
  return sited ? {...optimality, sites: sited.optimality} : optimality;
}
