import {readParameters, type Parameters} from '../inputs/parameters.ts';
import {adHocWorkspace} from '../io/workspace.ts';
import type {Decision} from '../model/plan.ts';
import {evaluatePolicies} from '../policy/evaluate.ts';
import {linkExceptions} from '../policy/exceptions/compile.ts';
import {LEVELS} from '../policy/params.ts';
import type {PolicyTest} from '../policy/test/parse.ts';
import type {CaseResult} from '../policy/test/run.ts';
import {scoreExposure} from '../exposure/score.ts';
import {planPlacement} from '../placement/plan.ts';
import {buildTestEstate} from '../scenario/test-estate.ts';

type PlaceCase = NonNullable<PolicyTest['spec']['place']>[number];

/** Time of a test that names none. */
const DEFAULT_NOW = '2026-01-01T00:00:00Z';

/** Runs the whole-decision cases of the tests: each test's estate goes through every stage of a real plan. */
export async function runPlaceCases(tests: readonly PolicyTest[]): Promise<CaseResult[][]> {
  const asking = tests.some(({spec}) => (spec.place ?? []).length > 0);
  if (!asking) return tests.map(() => []);
  const parameters = await readParameters('.', adHocWorkspace([]));
  return tests.map((test) => placeCases(test, parameters));
}

function placeCases(test: PolicyTest, parameters: Parameters): CaseResult[] {
  const cases = test.spec.place ?? [];
  if (cases.length === 0) return [];
  const {decisions, problems} = decisionsOf(test, parameters);
  return cases.map((one, index) => {
    const found = decisions.filter(({workload, name}) => workload === one.workload || name === one.workload);
    const differences =
      problems.length > 0
        ? problems
        : found.length === 1
          ? difference(one, found[0]!)
          : [`${found.length} workloads are called \`${one.workload}\``];
    return {
      test: test.name,
      name: one.name ?? `${one.workload} is placed at ${one.expectSite}`,
      place: test.document.place(['spec', 'place', index]),
      passed: differences.length === 0,
      problems: differences,
    };
  });
}

function decisionsOf(test: PolicyTest, parameters: Parameters): {decisions: Decision[]; problems: string[]} {
  const {spec, set} = test;
  const now = new Date(spec.now ?? DEFAULT_NOW);
  const unknownAs = (LEVELS[spec.unknownAs ?? 'high'] ?? 2) as 1 | 2 | 3;
  const {estate: given = {}} = spec.given;
  const {inventory, identity, register, sites} = given;
  const built = buildTestEstate(
    {
      ...(inventory ? {inventory} : {}),
      ...(identity ? {identity} : {}),
      ...(register ? {register} : {}),
      ...(sites ? {sites} : {}),
    },
    {rules: parameters.sensitivityRules, identity: {now: now.toISOString(), aws: parameters.aws}},
    test.file,
  );
  if (built.findings.length > 0) return {decisions: [], problems: built.findings.map(({message}) => message)};
  const {estate, graph, sensitivity, context} = built.value;
  const exposure = scoreExposure(graph, estate.workloads, sensitivity, parameters.score);
  const rules = test.rules.map((index) => set.rules[index]!);
  const policy = evaluatePolicies(
    {...set, rules, exceptions: linkExceptions(set.exceptions, rules).exceptions},
    {...context, exposure, now, unknownAs},
  );
  const {value} = planPlacement({
    estate,
    sensitivity,
    graph,
    exposure,
    sites: context.sites,
    siteOf: context.siteOf,
    policy,
    settings: {unknownAs},
  });
  return {decisions: value.decisions, problems: []};
}

function difference(one: PlaceCase, decision: Decision): string[] {
  const {workload, expectSite, expectStatus, expectExcepted, because} = one;
  const {recommended, status, reasons, removed, dataGaps, excepted = []} = decision;
  if (recommended !== expectSite) {
    const why = reasons.slice(0, 2).map(({by, text}) => `${by}: ${text}`);
    return [
      `${workload}: expected ${expectSite}, is ${recommended ?? 'no site'} (${status}; ${why.join('; ')})`,
    ];
  }
  const found: string[] = [];
  if (expectStatus !== undefined && status !== expectStatus) {
    const gaps = dataGaps.map(({field}) => field);
    found.push(
      `${workload}: expected ${expectStatus}, is ${status}${gaps.length > 0 ? ` (missing ${gaps.join(', ')})` : ''}`,
    );
  }
  const words = excepted.filter(({site}) => site === recommended).map(({exception}) => exception.id);
  if (expectExcepted !== undefined && !words.includes(expectExcepted))
    found.push(
      `${workload}: expected to be placed on the word of ${expectExcepted}, is ${words.length > 0 ? `on that of ${words.join(', ')}` : 'not'}`,
    );
  const named =
    // A limit counts per group: `name:group`.
    [...reasons, ...removed].some(({by}) => by === because || by.startsWith(`${because}:`)) ||
    dataGaps.some(({field}) => field === because);
  if (because !== undefined && !named) found.push(`${workload}: ${because} has no part in the decision`);
  return found;
}
