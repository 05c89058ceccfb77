import {exposureDelta, type ExposureDelta} from '../exposure/delta.ts';
import {applyChanges, type Applied} from '../exposure/what-if.ts';
import {open} from '../inputs/open.ts';
import type {Opened} from '../inputs/intake.ts';
import type {Finding} from '../model/common.ts';
import {judge, normalise, place, score, type Planned, type Scored, type WithEstate} from '../pipeline.ts';
import {planDelta, type PlanDelta, type PlanSide} from '../whatif/delta.ts';
import {planCost} from '../whatif/plan-cost.ts';
import type {Told} from '../whatif/reading.ts';
import {requireSites} from './estate-command.ts';
import {nothingAsked} from './what-if.ts';
import {readQuestion, type Question, type Supposed} from './suppose.ts';

/** Answer to a question about the plan. The first two parts are those of a question about the identity graph alone. */
export interface PlanAnswer extends ExposureDelta {
  /** What changes of the identity graph did to it. */
  changes: Applied[];
  /** All other changes. */
  supposed: Told[];
  plan: PlanDelta;
}

/** Plans the estate as it is and with the changes, by the same pipeline, and says what differs. */
export async function whatIfPlan(
  estate: WithEstate,
  question: Question,
): Promise<{answer: PlanAnswer; findings: Finding[]}> {
  const scored = requireSites(await score(estate));
  const supposed = await readQuestion(scored, question);
  if (supposed.told.length + supposed.suppose.graph.length === 0) throw nothingAsked();
  const before = await place(await judge(scored));
  const after = await supposing({estate, scored}, supposed);
  const names = new Map(scored.estate.workloads.map(({id, name}) => [id, name]));
  return {
    answer: {
      changes: applyChanges(scored.graph, supposed.suppose.graph).applied,
      supposed: supposed.told,
      ...exposureDelta(scored.exposure, after.exposure, (id) => names.get(id) ?? id),
      plan: planDelta(side(before), side(after)),
    },
    findings: after.findings,
  };
}

/** The run with the changes, from the first stage that one of them touches. */
async function supposing(
  base: {estate: WithEstate; scored: Scored},
  {suppose, policies}: Supposed,
): Promise<Planned> {
  const {workspace} = base.estate;
  const changed = {
    request: {...base.estate.request, suppose},
    workspace: {...workspace, policies: [...workspace.policies, ...policies]},
  };
  const {tags, needs, sites, graph} = suppose;
  if (tags.length > 0) {
    // What the sources said is not kept after the estate is built: it is read again.
    const opened = (await open(changed.request)) as Opened;
    return onwards(await normalise({...opened, ...changed}));
  }
  const scoresAnew = needs.length + graph.length + policies.length > 0 || sites !== null;
  if (scoresAnew) return onwards({...base.estate, ...changed});
  return place(await judge({...base.scored, ...changed}));
}

async function onwards(estate: WithEstate): Promise<Planned> {
  return place(await judge(requireSites(await score(estate))));
}

function side({plan, policy, estate, sites, workspace, findings}: Planned): PlanSide {
  return {
    plan,
    rules: policy.rules.map(({rule}) => rule),
    cost: planCost(plan.decisions, estate.workloads, sites, workspace.settings),
    findings,
  };
}
