import {UNREACHED} from '../graph/bottleneck.ts';
import {type GraphIndex, indexGraph} from '../exposure/index-graph.ts';
import {reachOf} from '../exposure/reach.ts';
import {UNIT, workloadValues} from '../exposure/values.ts';
import type {Outcome} from '../model/common.ts';
import type {Estate} from '../model/estate.ts';
import type {GraphNode, IdentityGraph} from '../model/exposure.ts';
import type {
  Scenario,
  ScenarioResult,
  ScenarioRun,
  ScenarioStart,
  Verdict,
  VerdictSum,
} from '../model/scenario.ts';
import type {SensitivityResult} from '../model/sensitivity.ts';
import type {PolicyContext} from '../policy/context.ts';
import {type Decided, decideByRules} from './decide.ts';
import {followed} from './follow.ts';
import {type GraphVerdict, reachFrom} from './reach.ts';
import {selectStarts} from './starts.ts';
import {outsideWindow, type Window, windowNote} from './window.ts';

/** What a scenario looks at. */
export interface ScenarioInput {
  estate: Estate;
  graph: IdentityGraph;
  sensitivity: SensitivityResult;
  /** For conditions in CEL. */
  context: PolicyContext;
  /** Ids that replace the start set; null = the scenario's own. */
  starts: readonly string[] | null;
  window: Window | null;
  /** Nodes of the earlier graph for `added`; null = none. */
  earlier: ReadonlySet<string> | null;
}

/** Start nodes measured one by one; of more, the first in node order. */
const MEASURED = 500;

const NO_PATH = 'no path from the start set over edges that count in this scenario';

/** Runs one scenario. Findings hold problems of its expressions; the verdicts of the graph stand without them. */
export async function runScenario(scenario: Scenario, input: ScenarioInput): Promise<Outcome<ScenarioRun>> {
  const {spec} = scenario;
  const {estate, graph, window} = input;
  const {starts, excluded} = startsOf(scenario, input);
  const part = followed(graph, spec, new Set(starts.map(({id}) => id)));
  const reached = reachFrom(
    part,
    starts.map(({id}) => id),
  );
  const begins = new Set(starts.map(({id}) => id));
  const decisions = await decideByRules(scenario, input.context, (w) => {
    const {id} = estate.workloads[w]!;
    return reached.has(id) || begins.has(id);
  });
  // Starts somebody names and nobody finds, and a missing input, are no answer; credentials outside the window are one.
  const startsKnown =
    starts.length > 0 || excluded.length > 0 || (input.starts === null && inputIsThere(scenario, graph));
  const results = estate.workloads.map(({id, name}, w): ScenarioResult => {
    const byGraph = verdictOf(scenario, begins.has(id), reached.get(id), startsKnown, decisions.concerned(w));
    const rule = decisions.rules(w);
    const decided = rule ?? byGraph;
    const hit = reached.get(id);
    return {
      workload: id,
      name,
      verdict: decided.verdict,
      decidedBy: decided.decidedBy,
      level: begins.has(id) ? 0 : (hit?.level ?? null),
      start: begins.has(id) ? id : (hit?.start ?? null),
      path: hit?.path() ?? [],
    };
  });
  const weights = workloadValues(
    estate.workloads.map(({id}) => id),
    input.sensitivity.workloads,
  );
  return {
    value: {
      scenario: scenario.id,
      title: spec.title,
      summary: spec.summary,
      levelCap: spec.levelCap,
      results,
      totals: totalsOf(results, weights),
      starts: measure(indexGraph(part), starts, estate, weights),
      excluded,
      window: window === null ? null : {...window, note: windowNote(scenario, window)},
      facts: spec.facts,
      mfa: spec.mfa,
      firstActions: spec.firstActions,
      asOf: scenario.asOf,
    },
    findings: decisions.findings,
  };
}

function startsOf(
  {spec}: Scenario,
  {graph, estate, starts: named, window, earlier}: ScenarioInput,
): {starts: GraphNode[]; excluded: ScenarioRun['excluded']} {
  const chosen = named ? new Set(named) : null;
  const found = chosen
    ? graph.nodes.filter(({id}) => chosen.has(id))
    : selectStarts(graph, spec.start, earlier);
  if (window === null) return {starts: found, excluded: []};
  const credentials = new Map(estate.credentials.map((credential) => [credential.id, credential]));
  const excluded: ScenarioRun['excluded'] = [];
  const starts = found.filter(({id}) => {
    const credential = credentials.get(id);
    const because = credential ? outsideWindow(credential, window) : null;
    if (because !== null) excluded.push({id, because});
    return because === null;
  });
  return {starts, excluded};
}

/** Whether the data hold the input the start set would be read from: then an empty one is an answer. */
function inputIsThere({spec}: Scenario, graph: IdentityGraph): boolean {
  const {known} = spec.absent;
  return known !== undefined && selectStarts(graph, known, null).length > 0;
}

/** The verdict of the graph, or of the missing start set. */
function verdictOf(
  {spec}: Scenario,
  isStart: boolean,
  hit: GraphVerdict | undefined,
  startsKnown: boolean,
  concerned: boolean | null,
): Decided {
  if (isStart) return {verdict: 'in', decidedBy: 'it is part of the start set'};
  if (hit) return {verdict: hit.verdict, decidedBy: decidingEdge(hit)};
  const open = spec.start.length > 0 && !startsKnown;
  if (!open || concerned === false) return {verdict: 'out', decidedBy: spec.out ?? NO_PATH};
  const {verdict, input, remedy} = spec.absent;
  const decidedBy =
    verdict === 'out' ? `${spec.out ?? NO_PATH} (${input})` : `${input} is not in the data: ${remedy}`;
  return {verdict, decidedBy};
}

/** Steps down a hierarchy say where a workload lies, not why it falls. */
const STRUCTURE: ReadonlySet<string> = new Set(['CONTAINS', 'HOSTS', 'PLACED', 'OWNS']);

/** The first step that is not certain decides; of a certain path the last one that is more than a place in a hierarchy. */
function decidingEdge({path}: GraphVerdict): string {
  const steps = path();
  const weak =
    steps.find(({certainty}) => certainty === 'unknown') ??
    steps.find(({certainty}) => certainty === 'conditional');
  const step = weak ?? steps.findLast(({edge}) => !STRUCTURE.has(edge)) ?? steps.at(-1);
  return step ? `${step.edge}: ${step.evidence}` : 'reached';
}

function totalsOf(results: readonly ScenarioResult[], weights: Float64Array): Record<Verdict, VerdictSum> {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sum = (verdict: Verdict): VerdictSum => {
    let workloads = 0;
    let value = 0;
    results.forEach((result, w) => {
      if (result.verdict !== verdict) return;
      workloads++;
      value += weights[w]!;
    });
    return {workloads, value: value / UNIT, share: total === 0 ? 0 : (100 * value) / total};
  };
  return {in: sum('in'), conditional: sum('conditional'), unknown: sum('unknown'), out: sum('out')};
}

function measure(
  index: GraphIndex,
  starts: readonly GraphNode[],
  estate: Estate,
  weights: Float64Array,
): ScenarioStart[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const targets = estate.workloads.map(({id}) => index.find(id));
  return starts
    .slice(0, MEASURED)
    .map(({id, kind, subKind, name}): ScenarioStart => {
      const delta = reachOf(index, [id], 'conditional');
      let workloads = 0;
      let value = 0;
      targets.forEach((node, w) => {
        if (node < 0 || delta[node] === UNREACHED) return;
        workloads++;
        value += weights[w]!;
      });
      return {
        id,
        kind,
        subKind,
        name,
        workloads,
        value: value / UNIT,
        share: total === 0 ? 0 : (100 * value) / total,
      };
    })
    .sort((a, b) => b.value - a.value || b.workloads - a.workloads || (a.id < b.id ? -1 : 1));
}
