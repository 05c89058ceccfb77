import {limitFindings} from './document/limit-findings.ts';
import {currentSites} from './estate/current-site.ts';
import type {Estate, Provenance} from './model/estate.ts';
import type {Exposure, IdentityGraph} from './model/exposure.ts';
import type {GraphIndex} from './exposure/index-graph.ts';
import type {PolicyContext} from './policy/context.ts';
import type {PolicyEvaluation} from './model/policy.ts';
import type {RootSet, SensitivityResult} from './model/sensitivity.ts';
import type {SensitivityRules} from './sensitivity/rules.ts';
import type {Site} from './model/site.ts';
import type {PlanCore, PlanRequest} from './placement/plan.ts';
import type {Opened} from './inputs/intake.ts';
import {cardholderReach} from './policy/cardholder.ts';
import {controllingRoots} from './policy/controlling-roots.ts';
import {registerLookup} from './estate/register-lookup.ts';
import {supposedTags, supposeGraph, supposeNeeds} from './whatif/apply.ts';

/**
 * Which stage comes after which, and nothing else: estate → identity → sensitivity → exposure → policy →
 * placement. Each function takes what the one before gave and adds its own document and findings. Stages
 * are loaded when they are reached, so a command that stops early never loads the expression language.
 */
export interface WithEstate extends Omit<Opened, 'intakes'> {
  estate: Estate;
  provenance: Provenance[];
}

export interface Scored extends WithEstate {
  sites: Site[];
  /** True when the shipped generic sites stand in for missing ones. */
  genericSites: boolean;
  /** Index into `sites` of where each workload is today, -1 = no site matches. */
  siteOf: Int32Array;
  sensitivity: SensitivityResult;
  graph: IdentityGraph;
  /** The graph made ready for searches; made once for all stages. */
  index: GraphIndex;
  exposure: Exposure;
}

export interface Judged extends Scored {
  policy: PolicyEvaluation;
  /** The same rules for other needs. */
  rejudge?: (sensitivity: SensitivityResult) => PolicyEvaluation;
}

export interface Planned extends Judged {
  plan: PlanCore;
}

/** Time one policy rule may take; a sane one over a million workloads takes a hundredth of it. */
const RULE_MILLISECONDS = 30_000;

/** Intakes → one normalised estate. They are left behind: it holds all that later stages need. */
export async function normalise(opened: Opened): Promise<WithEstate> {
  opened.request.stage('building the estate');
  const {buildEstate} = await import('./estate/build.ts');
  const {intakes, ...rest} = opened;
  const {applicationTags} = opened.workspace.settings;
  const tags = await supposedTags(opened.request.suppose);
  const {estate, provenance, findings} = buildEstate(intakes, {applicationTags, ...tags});
  return {...rest, estate, provenance, findings: [...opened.findings, ...limitFindings(findings)]};
}

/** Estate → sensitivity, identity graph and shared-identity blast radius. */
export async function score(from: WithEstate): Promise<Scored> {
  const {request, workspace} = from;
  const estate = await supposeNeeds(from.estate, request.suppose, request.now);
  const {readParameters} = await import('./inputs/parameters.ts');
  const parameters = await readParameters(request.folder, workspace, request.suppose?.sites ?? null);
  const {siteOf, findings: unplaced} = currentSites(estate, parameters.sites);
  const {siteFindings} = await import('./document/site-checks.ts');
  const stated = parameters.genericSites
    ? []
    : siteFindings(parameters.sites, {
        settings: workspace.settings,
        today: request.now.toISOString().slice(0, 10),
        placeOf: parameters.siteFieldAt,
      });
  request.stage('drawing the identity graph');
  const {buildIdentityGraph} = await import('./identity/build.ts');
  const drawn = buildIdentityGraph(estate, parameters.sites, siteOf, {
    now: request.now.toISOString(),
    aws: parameters.aws,
  });
  const graph = await supposeGraph(drawn, request.suppose);
  const {indexGraph} = await import('./exposure/index-graph.ts');
  const index = indexGraph(graph.value);
  request.stage('assessing sensitivity');
  const {assessSensitivity} = await import('./sensitivity/assess.ts');
  const {governedTags, unknownAs} = workspace.settings;
  const sensitivity = assessSensitivity(estate, parameters.sensitivityRules, {
    governedTags,
    unknownAs,
    now: request.now.toISOString(),
    roots: await meetingRoots(estate, index, parameters.sensitivityRules),
  });
  request.stage('scoring exposure');
  const {scoreExposure} = await import('./exposure/score.ts');
  const exposure = scoreExposure(graph.value, estate.workloads, sensitivity.value, parameters.score, index);
  const {findRiskFactors} = await import('./exposure/factors/find.ts');
  const factors =
    parameters.factors === null
      ? []
      : findRiskFactors(
          {
            estate,
            provenance: from.provenance,
            graph: graph.value,
            index,
            sensitivity: sensitivity.value,
            // Generic stand-ins state nothing of their own.
            sites: parameters.genericSites ? [] : parameters.sites,
            siteOf,
            now: request.now.toISOString(),
            logRetentionDays: workspace.settings.logRetentionDays,
          },
          parameters.factors,
        );
  const findings = [
    ...from.findings,
    ...parameters.findings,
    ...limitFindings([...stated, ...unplaced, ...sensitivity.findings, ...graph.findings, ...factors]),
  ];
  return {
    ...from,
    estate,
    findings,
    inputs: [...from.inputs, ...parameters.inputs],
    sites: parameters.sites,
    genericSites: parameters.genericSites,
    siteOf,
    sensitivity: sensitivity.value,
    graph: graph.value,
    index,
    exposure,
  };
}

/** An identity root is a point of cumulation: needs are assessed with what the roots reach. */
async function meetingRoots(
  estate: Estate,
  index: GraphIndex,
  {cumulation}: SensitivityRules,
): Promise<RootSet[]> {
  const atRoots = cumulation.filter(({at}) => at === 'root');
  if (atRoots.length === 0) return [];
  const {rootSets} = await import('./sensitivity/root-sets.ts');
  const all = atRoots.some(({raises}) => raises === 'members');
  return rootSets(
    index,
    estate.workloads.map(({id}) => id),
    all,
  );
}

/** What rules may look at. */
export function policyContext(from: Scored): PolicyContext {
  const {request, workspace, estate} = from;
  return {
    estate,
    sensitivity: from.sensitivity,
    exposure: from.exposure,
    sites: from.sites,
    siteOf: from.siteOf,
    siteRoots: controllingRoots(from.sites, from.graph, estate.identity),
    registerOf: registerLookup(estate),
    cardholder: cardholderReach(from.graph, estate, from.sensitivity, from.index),
    now: request.now,
    unknownAs: workspace.settings.unknownAs,
    logRetentionDays: workspace.settings.logRetentionDays,
  };
}

/** Scored estate → outcome of every rule for every workload and site. */
export async function judge(from: Scored): Promise<Judged> {
  const {request, workspace} = from;
  request.stage('evaluating policies');
  const {readPolicies} = await import('./inputs/policies.ts');
  const {policiesOf} = await import('./inputs/policy-names.ts');
  const supposed = request.suppose?.policies ?? null;
  const read = await readPolicies(request.folder, policiesOf(workspace), {instead: supposed});
  const {checkLock} = await import('./inputs/policy-lock.ts');
  // The lock speaks of the workspace's own policies: files named on the command line and supposed ones are none.
  const lockApplies = request.files.length === 0 && supposed === null;
  const unlocked = lockApplies ? await checkLock(request.folder, read.inputs) : [];
  const {evaluatePolicies} = await import('./policy/evaluate.ts');
  const evaluate = (context: PolicyContext): PolicyEvaluation =>
    evaluatePolicies(read.set, context, {
      ignoreExceptions: request.ignoreExceptions ?? false,
      budget: {milliseconds: RULE_MILLISECONDS, clock: () => performance.now()},
    });
  const context = policyContext(from);
  const policy = evaluate(context);
  return {
    ...from,
    policy,
    rejudge: (sensitivity) => evaluate({...context, sensitivity}),
    inputs: [...from.inputs, ...read.inputs],
    findings: [...from.findings, ...read.findings, ...unlocked, ...limitFindings(policy.findings)],
  };
}

/** Judged estate → decisions with proof. */
export async function place(from: Judged): Promise<Planned> {
  from.request.stage('placing workloads');
  const {settings} = from.workspace;
  const {planPlacementWith} = await import('./placement/plan.ts');
  const {maxGap, timeLimit = Infinity} = from.request;
  const request: PlanRequest = {
    estate: from.estate,
    sensitivity: from.sensitivity,
    graph: from.graph,
    index: from.index,
    exposure: from.exposure,
    sites: from.sites,
    siteOf: from.siteOf,
    policy: from.policy,
    ...(from.rejudge ? {rejudge: from.rejudge} : {}),
    questions: {...from.request.questions, waves: {...from.workspace.waves, ...from.request.waves}},
    settings: {
      objective: settings.objective,
      unknownAs: settings.unknownAs,
      riskTolerance: Math.round(settings.riskTolerance * 1000),
      currency: settings.currency,
      exchangeRates: settings.exchangeRates,
      moveMustSave: Math.round(settings.moveMustSave * 100),
      splitPenalty: Math.round(settings.splitPenalty * 100),
      paybackMonths: settings.paybackMonths,
      ...(maxGap === undefined ? {} : {maxGap}),
      ...(Number.isFinite(timeLimit) ? {milpSeconds: timeLimit} : {}),
    },
  };
  const {placementSolver} = await import('./placement-solver.ts');
  const {value, findings} = await placementSolver(from.request, (solve) => planPlacementWith(request, solve));
  return {...from, plan: value, findings: [...from.findings, ...limitFindings(findings)]};
}
