import {findNode} from '../explain/nodes.ts';
import {chooseScenarios} from '../inputs/choose-scenarios.ts';
import type {Finding} from '../model/common.ts';
import type {ScenarioRun} from '../model/scenario.ts';
import {policyContext, type Planned, type Scored} from '../pipeline.ts';
import {compareRuns, graphAfter} from '../scenario/compare.ts';
import {runScenario} from '../scenario/run.ts';
import {parseWindow} from '../scenario/window.ts';
import {Failure} from './failure.ts';
import {renderBeforeAfter, renderScenarioRun, renderScenarioTable} from './render/scenario.ts';

/** What a person asked to simulate. */
export interface Simulation {
  /** Scenario id or file; null = all. */
  named: string | null;
  starts: string[] | null;
  window: string | null;
  /** Estate of the earlier snapshot. */
  earlier: Scored | null;
  /** Show workloads that are out, too. */
  verdicts: boolean;
}

/** Runs the chosen scenarios on a scored estate; with a planned one also after the moves of the plan. */
export async function simulate(input: Scored | Planned, wanted: Simulation) {
  const chosen = await chooseScenarios(input.request.folder, input.workspace, wanted.named);
  if ('missing' in chosen)
    throw new Failure(chosen.missing, {findings: chosen.findings, remedy: chosen.remedy});
  const window =
    wanted.window === null ? null : parseWindow(wanted.window, input.request.now.toISOString().slice(0, 10));
  if (window !== null && window.value === null)
    throw new Failure(window.findings[0]!.message, {remedy: window.findings[0]!.remedy ?? ''});
  const findings: Finding[] = [...input.findings, ...chosen.findings];
  const base = {
    estate: input.estate,
    sensitivity: input.sensitivity,
    context: policyContext(input),
    starts: wanted.starts?.map((text) => startOf(input, text)) ?? null,
    window: window?.value ?? null,
    earlier: wanted.earlier ? new Set(wanted.earlier.graph.nodes.map(({id}) => id)) : null,
  };
  const after = 'plan' in input ? graphAfter(input.graph, input.plan.decisions) : null;
  const runs: {today: ScenarioRun; planned: ScenarioRun | null}[] = [];
  for (const scenario of chosen.scenarios) {
    const today = await runScenario(scenario, {...base, graph: input.graph});
    findings.push(...today.findings);
    const planned = after ? await runScenario(scenario, {...base, graph: after}) : null;
    runs.push({today: today.value, planned: planned?.value ?? null});
  }
  return {
    document:
      runs.length !== 1 || wanted.named === null ? {scenarios: runs.map(documentOf)} : documentOf(runs[0]!),
    text: () => textOf(runs, wanted),
    findings,
  };
}

function documentOf({today, planned}: {today: ScenarioRun; planned: ScenarioRun | null}) {
  if (planned === null) return today;
  return {...today, after: {totals: planned.totals, changes: compareRuns(today, planned)}};
}

function textOf(
  runs: {today: ScenarioRun; planned: ScenarioRun | null}[],
  {named, verdicts}: Simulation,
): string {
  if (named === null || runs.length !== 1)
    return renderScenarioTable(
      runs.map(({today}) => today),
      new Map(runs.flatMap(({planned}) => (planned ? [[planned.scenario, planned]] : []))),
    );
  const {today, planned} = runs[0]!;
  const text = renderScenarioRun(today, verdicts);
  return planned ? `${text}\n${renderBeforeAfter(today, planned, compareRuns(today, planned))}` : text;
}

function startOf({graph}: Scored, text: string): string {
  const match = findNode(graph, text.trim());
  if ('problem' in match) throw new Failure(match.problem, {remedy: match.remedy});
  return match.id;
}
