import {moneyOf} from '../document/money.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {CutProblem, Decision, PlanRun, PlanSummary} from '../model/plan.ts';
import {checksum} from './checksum.ts';
import {choiceTable, dualCertificate} from './constraints/document.ts';
import {limitedOptimality, limitFindings} from './constraints/report.ts';
import {applyLimits, type LimitedPlan} from './constraints/limited-plan.ts';
import {answer, type Answer} from './decisions/answer.ts';
import {combine} from './decisions/combined.ts';
import {rankCuts, siteCuts, type SiteCut} from './decisions/cuts.ts';
import {decide} from './decisions/decide.ts';
import {decisionFindings} from './decisions/decision-findings.ts';
import {withFlips} from './decisions/flips/flips.ts';
import {sitesIn} from './decisions/flips/limited-trial.ts';
import {withFlipsWithinLimits} from './decisions/flips/flips-within-limits.ts';
import {migrationTotal} from './decisions/migration.ts';
import {rebuild} from './decisions/rebuilt.ts';
import {withRegretRanges} from './decisions/regret-range.ts';
import {chooseSites} from './multisite/choose-sites.ts';
import {finalOptions, limitsUsed, withSiteReasons, withSites} from './multisite/in-plan.ts';
import {DEFAULT_SETTINGS, type PlacementInput, type PlacementSettings} from './input.ts';
import {buildProblem} from './problem/build.ts';
import type {PlacementProblem} from './problem/problem.ts';
import {isUnknown} from './problem/need-weights.ts';
import {objective} from './problem/levels.ts';
import {splitDocument} from './problem/split-document.ts';
import {cutCertificate, cutProblem} from './solve/document.ts';
import {drive, driveWith, solveTask} from './solve/drive.ts';
import type {Level, Solution} from './solve/level.ts';
import {solveLexicographic} from './solve/lexicographic.ts';
import {tradeoffsDocument} from './tradeoffs/document.ts';
import type {SolveAnswer, SolveTask, Steps} from './solve/task.ts';
import {certificateProblems} from './verify/certificate.ts';
import {dualProblems} from './verify/cases.ts';
import {wavesOfPlan} from './waves/waves-of-plan.ts';

/** A plan without what only its caller knows: tool, time, inputs, workspace, outcome. */
export type PlanCore = Omit<
  PlanRun,
  'apiVersion' | 'kind' | 'tool' | 'generatedAt' | 'inputs' | 'workspace' | 'outcome'
>;

/** {@link PlacementInput} where settings left out take their defaults. */
export type PlanRequest = Omit<PlacementInput, 'settings'> & {settings?: Partial<PlacementSettings>};

/**
 * The placement stage: problem → exact optimum with its proof → decisions. Never throws for bad input: what cannot be
 * placed stays where it is and is told.
 */
export function planPlacement(request: PlanRequest): Outcome<PlanCore> {
  const {expired = () => null, progress = () => undefined, milp = null} = request;
  return drive(planSteps(request), (task) => solveTask(task, {expired, progress}, milp));
}

/** Like {@link planPlacement}, with the heavy work done by `solve`, which may do it elsewhere. */
export function planPlacementWith(
  request: PlanRequest,
  solve: (task: SolveTask) => Promise<SolveAnswer>,
): Promise<Outcome<PlanCore>> {
  return driveWith(planSteps(request), solve);
}

function* planSteps(request: PlanRequest): Steps<Outcome<PlanCore>> {
  const input: PlacementInput = {...request, settings: {...DEFAULT_SETTINGS, ...request.settings}};
  const {value: problem, findings: asked} = buildProblem(input);
  const {free, limited, levels, solution, classed, sited, found} = yield* optimum(problem);
  const unitMembers = problem.units.map((unit) => unit.members.map((w) => input.estate.workloads[w]!.id));
  const names = unitMembers.map((ids, u) => problem.units[u]!.auxiliary ?? ids.join(' + '));
  const written: CutProblem = {
    ...cutProblem(names, levels),
    ...splitDocument(problem, levels, solution.labels),
    ...(limited ? {choice: {...choiceTable(input, limited), ...finalOptions(sited)}} : {}),
  };
  const priced = limited !== null && limited.result.method !== 'unlimited-optimum';
  const proof = priced ? dualCertificate(limited) : cutCertificate(levels, solution);
  const certificate = input.settings.certificate ? proof : null;
  const labels = Array.from(solution.labels);
  const unproven = certificate
    ? certificate.dual
      ? dualProblems(written, certificate.dual)
      : certificateProblems({problem: written, labels, certificate})
    : [];

  const cuts = siteCuts(problem);
  const rebuilt = rebuild(found);
  const displaced = priced ? {free, reasons: limited.reasons} : null;
  const decided = withSiteReasons(decide(found, rebuilt, cuts, displaced), sited);
  const {flips} = input.questions ?? {};
  const plain = {problem: classed, levels, solution};
  const ranged = priced ? withRegretRanges(limited, decided, problem.unitOf) : decided;
  const decisions =
    !flips || limited?.result.stopped
      ? ranged
      : priced
        ? yield* withFlipsWithinLimits(
            {problem, limited, free, found, solve: solvedAgain},
            cuts,
            ranged,
            flips,
          )
        : yield* withFlips(
            plain,
            cuts,
            decided,
            flips,
            limited || sited ? {problem, sites: sitesIn(found), solve: sitesAgain} : null,
          );
  const waves = wavesOfPlan(input, decisions, rebuilt.residual);
  const findings = [
    ...asked,
    ...decisionFindings(found, decisions),
    ...(limited ? limitFindings(input, limited) : []),
    ...waves.findings,
    ...unproven.map(broken),
  ];
  const proven = certificate !== null && unproven.length === 0;
  const tradeoffs = tradeoffsDocument(plain, input.questions ?? {}, {
    limits: priced ? 'bind' : limited ? 'slack' : 'none',
    sites: sited !== null,
  });
  const cutFirst = rankCuts(priced ? answer(problem, free) : answer(classed, solution), cuts);
  const combined = yield* decoupled({found, limited}, cutFirst, cuts, decisions);
  const computed = {
    sites: input.sites.map(({id, class: kind, kind: sort, name}) => ({id, class: kind, kind: sort, name})),
    decisions,
    residual: rebuilt.residual,
    cutFirst,
    ...(combined.length > 0 ? {combined} : {}),
    summary: summary(input, decisions),
    optimality: withSites(
      limited
        ? limitedOptimality(optimality(levels, solution, proven), limited, proven)
        : optimality(levels, solution, proven),
      sited,
    ),
    ...migrationTotal(found, decisions),
    ...(limited ? {limits: limitsUsed(limited, sited)} : {}),
    ...(sited ? {siteChoice: sited.document} : {}),
    ...(tradeoffs ? {tradeoffs} : {}),
    ...(waves.value ? {waves: waves.value} : {}),
    problem: written,
    labels,
    certificate,
    unitMembers,
  };
  return {
    value: {
      parameters: parameters(input, limited !== null),
      ...computed,
      checksum: checksum(computed),
      findings,
    },
    findings,
  };
}

/** A problem and its optimum, within its limits where it has any: the classes, then the sites within them. */
function* optimum(problem: PlacementProblem, wanted: 'proof' | 'answer' = 'proof') {
  const freeLevels = objective(problem, problem.risk);
  const free = solveLexicographic(problem.units.length, freeLevels);
  const limited = yield* applyLimits(problem, freeLevels, free);
  const {levels, solution} = limited ?? {levels: freeLevels, solution: free};
  const classed = limited?.problem ?? problem;
  const sited = yield* chooseSites(classed, solution.labels, limited, wanted);
  return {
    free,
    limited,
    levels,
    solution,
    classed,
    sited,
    found: answer(sited?.problem ?? classed, solution),
  };
}

/** The answer to a changed problem, found the way the plan is; null = that was ended early. */
function* solvedAgain(problem: PlacementProblem) {
  const {limited, sited, found} = yield* optimum(problem);
  if (limited?.result.stopped) return null;
  const used = limited ? limitsUsed(limited, sited) : [];
  return {answer: found, exceeded: used.flatMap(({id, status}) => (status === 'exceeded' ? [id] : []))};
}

/** Where the answer to a changed problem puts every workload, limits kept; null = that is not known. */
function* sitesAgain(problem: PlacementProblem) {
  const again = yield* solvedAgain(problem);
  return again && again.exceeded.length === 0 ? sitesIn(again.answer) : null;
}

/** Cuts with the moves they make worth while. An answer that was cut short says nothing about what would be best then. */
function* decoupled(
  {found, limited}: {found: Answer; limited: LimitedPlan | null},
  ranked: PlanCore['cutFirst'],
  cuts: readonly SiteCut[],
  decisions: readonly Decision[],
) {
  if (limited?.result.stopped) return [];
  // With prices on limits a plan takes several times the work.
  const effort = limited && limited.result.method !== 'unlimited-optimum' ? 4 : 1;
  const {input, model} = found.problem;
  const best = ranked.flatMap(({root, from}) =>
    cuts.filter((cut) => model.roots[cut.root]!.id === root && input.sites[cut.site]!.id === from),
  );
  return yield* combine(found, best, {
    pointless: (w) => decisions[w]!.gainsNothing !== null,
    *solve(changed) {
      const again = yield* optimum(buildProblem(input, changed).value, 'answer');
      return again.limited?.result.stopped ? null : again.found;
    },
    effort,
  });
}

function optimality(levels: Level[], solution: Solution, proven: boolean): PlanCore['optimality'] {
  const names = levels.map(({name}) => name);
  const numbers = (of: (k: number) => number): Record<string, number> =>
    Object.fromEntries(names.map((name, k) => [name, of(k)]));
  return {
    method: names.includes('weighted')
      ? 'minimum cut of one weighted sum (Boykov–Kolmogorov)'
      : `minimum cuts in lexicographic order: hard rules, ${names.join(', ')} (Boykov–Kolmogorov)`,
    value: numbers((k) => solution.values[k]!),
    bound: numbers((k) => solution.flows[k]?.flow ?? 0),
    gap: Math.max(...solution.values.map((value, k) => value - (solution.flows[k]?.flow ?? 0))),
    certificate: proven ? 'verified' : 'none',
    statement: proven
      ? 'Optimal for this model and these inputs: the value of every level is met by a flow that proves no plan can be better. The model weighs each identity root by what it reaches today; the rebuilt numbers beside it show what the moves change.'
      : 'Optimal for this model and these inputs by the method used; this plan carries no proof that could be checked.',
  };
}

function summary(input: PlacementInput, decisions: Decision[]): PlanSummary {
  const count = (which: (decision: Decision) => boolean): number => decisions.filter(which).length;
  return {
    workloads: decisions.length,
    moves: count((decision) => decision.move),
    gainsNothing: count((decision) => decision.gainsNothing !== null),
    blocked: count((decision) => decision.status === 'blocked'),
    needsData: count((decision) => decision.status === 'needs-data'),
    ties: count((decision) => decision.status === 'tie'),
    unknownSensitivity: input.sensitivity.workloads.filter(isUnknown).length,
  };
}

function parameters({settings, sites}: PlacementInput, limited: boolean): Record<string, unknown> {
  const {maxGap, limitSteps, milpOptions, milpSeconds, ...rest} = settings;
  const limits = {maxGap, limitSteps, milpOptions, milpSeconds};
  const money = moneyOf(sites, settings);
  const prices = sites.flatMap(({id, cost}) => {
    if (!cost) return [];
    const {currency, asOf, illustrative} = cost;
    const rate = currency === money.currency ? {} : {rate: settings.exchangeRates[currency] ?? null};
    return [{site: id, currency, asOf, illustrative, ...rate}];
  });
  return {
    placement: {
      ...rest,
      currency: money.currency,
      ...(limited ? {limits} : {}),
      units: {risk: 'milli-points', cost: 'minor currency units per month', churn: 'moves'},
      rootPrice:
        'weight of its kind × per cent of the value it reaches today, at least one workload of highest need',
      siteWithinClass:
        'current site, else least risk, fewest moves, least effort, least cost, id; then, where it matters to a pair: latency and pairs apart, cost with traffic, fewest moves',
      classOrder: ['public', 'dedicated'],
      tieRule: 'fewest dedicated units among the optimal plans',
      prices,
    },
  };
}

function broken(problem: string): Finding {
  return {
    code: 'BH-PLACE-090',
    severity: 'critical',
    message: `the proof of the plan does not hold: ${problem}`,
    where: {},
    remedy: 'Do not rely on this plan; report the fault with the run.json.',
    partial: true,
  };
}
