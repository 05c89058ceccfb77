import type {PlanRun} from '../../model/plan.ts';

/** The parts of a plan the verifier reads. */
export type Checkable = Pick<
  PlanRun,
  | 'decisions'
  | 'sites'
  | 'problem'
  | 'labels'
  | 'certificate'
  | 'unitMembers'
  | 'summary'
  | 'optimality'
  | 'residual'
  | 'cutFirst'
  | 'combined'
  | 'checksum'
  | 'limits'
  | 'migration'
  | 'siteChoice'
  | 'tradeoffs'
  | 'exceptions'
>;

export type Check = (value: unknown, at: string, problems: string[]) => void;

export const text: Check = (value, at, problems) => {
  if (typeof value !== 'string') problems.push(`${at} is not a text`);
};
export const flag: Check = (value, at, problems) => {
  if (typeof value !== 'boolean') problems.push(`${at} is not true or false`);
};
export const number: Check = (value, at, problems) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) problems.push(`${at} is not a number`);
};
export const integer: Check = (value, at, problems) => {
  if (!Number.isSafeInteger(value)) problems.push(`${at} is not an integer`);
};

export function nullable(check: Check): Check {
  return (value, at, problems) => {
    if (value !== null) check(value, at, problems);
  };
}

function optional(check: Check): Check {
  return (value, at, problems) => {
    if (value !== undefined) check(value, at, problems);
  };
}

/** Stops at the first bad entry: one is enough to refuse. */
export function list(check: Check): Check {
  return (value, at, problems) => {
    if (!Array.isArray(value)) {
      problems.push(`${at} is not a list`);
      return;
    }
    const before = problems.length;
    for (let i = 0; i < value.length && problems.length === before; i++)
      check(value[i], `${at}[${i}]`, problems);
  };
}

function record(check: Check): Check {
  return (value, at, problems) => {
    if (!isObject(value)) {
      problems.push(`${at} is not an object`);
      return;
    }
    for (const [key, entry] of Object.entries(value)) check(entry, `${at}.${key}`, problems);
  };
}

/** Fields that are not named may be anything. */
export function object(fields: Record<string, Check>): Check {
  return (value, at, problems) => {
    if (!isObject(value)) {
      problems.push(`${at} is not an object`);
      return;
    }
    for (const [name, check] of Object.entries(fields)) check(value[name], `${at}.${name}`, problems);
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const integers = list(integer);
export const texts = list(text);
const interval = object({value: number, lo: number, hi: number});

const decision = object({
  workload: text,
  application: nullable(text),
  current: nullable(text),
  recommended: nullable(text),
  runnerUp: nullable(text),
  status: text,
  move: flag,
  reasons: list(object({by: text, points: nullable(integer)})),
  removed: list(object({site: text, by: text})),
  excepted: optional(
    list(object({site: text, by: text, exception: object({id: text, owner: text, expiresOn: text})})),
  ),
  advisories: optional(list(object({site: text, by: text}))),
  regret: nullable(object({risk: integer, latency: optional(integer), cost: integer, churn: integer})),
  companions: texts,
  regretRange: optional(object({level: text, lo: integer, hi: nullable(integer)})),
  flips: optional(
    list(
      object({
        kind: text,
        change: text,
        id: optional(text),
        raise: optional(number),
        site: nullable(text),
      }),
    ),
  ),
  flipsWithinLimits: optional(object({untried: texts})),
  confidence: optional(
    object({verdict: text, margin: nullable(integer), uncertainty: nullable(integer), because: text}),
  ),
  exposure: object({
    before: integer,
    after: integer,
    gain: integer,
    linear: object({before: integer, after: integer}),
  }),
  gainsNothing: nullable(object({cutFirst: nullable(text), gainAfterCut: integer, site: text})),
  migration: optional(object({gib: nullable(integer), cost: nullable(integer), currency: text})),
  dataGaps: list(object({field: text})),
});

const front = list(
  object({
    risk: integer,
    cost: integer,
    churn: integer,
    weights: nullable(object({risk: integer, cost: integer, churn: integer})),
    chosen: flag,
    flipped: integers,
    difference: object({workloads: texts, total: integer}),
  }),
);

const combined = list(
  object({
    cut: object({root: text, name: text, from: text}),
    moves: list(object({workload: text, site: text, planned: flag, gain: integer})),
    gain: integer,
    gainOfOthers: integer,
    gainOfCutAlone: integer,
    gainOfMovesAlone: integer,
    statement: text,
  }),
);

const dual = {
  scale: integer,
  multipliers: integers,
  source: integers,
  sink: integers,
  arcs: integers,
  flow: integer,
  bound: integer,
};

const run = object({
  cutFirst: list(object({root: text, from: text})),
  combined: optional(combined),
  tradeoffs: optional(object({front, complete: text, cuts: integer})),
  checksum: text,
  sites: list(object({id: text, class: text})),
  decisions: list(decision),
  unitMembers: list(texts),
  labels: integers,
  problem: object({
    units: texts,
    levels: list(
      object({
        name: text,
        unary: integers,
        arcs: object({tail: integers, head: integers, weight: integers}),
      }),
    ),
    splits: optional(
      list(
        object({
          application: text,
          members: integers,
          auxiliary: integers,
          level: text,
          weight: integer,
          split: flag,
        }),
      ),
    ),
    choice: optional(
      object({
        start: integers,
        site: list(nullable(text)),
        class: integers,
        values: list(integers),
        useStart: integers,
        limit: integers,
        amount: integers,
        chosen: integers,
        final: optional(integers),
        limits: list(object({id: text, most: integer, scale: integer, allowed: optional(integer)})),
      }),
    ),
  }),
  exceptions: optional(list(object({id: text, owner: text, expiresOn: text, status: text, rules: texts}))),
  migration: optional(
    object({currency: text, cost: integer, moves: integer, unknown: integer, asOf: nullable(text)}),
  ),
  limits: optional(
    list(object({id: text, limit: number, used: number, status: text, least: optional(number)})),
  ),
  siteChoice: optional(
    object({
      sites: texts,
      units: integers,
      start: integers,
      site: integers,
      values: integers,
      pairs: object({tail: integers, head: integers, table: integers}),
      tables: list(integers),
      penalty: integer,
      chosen: integers,
      value: integer,
      breaches: integer,
      messages: nullable(integers),
      tried: list(integers),
      scale: integer,
      bound: integer,
      gap: integer,
    }),
  ),
  certificate: nullable(
    object({
      levels: list(
        object({
          name: text,
          source: integers,
          sink: integers,
          arcs: integers,
          implied: object({tail: integers, head: integers, flow: integers}),
          flow: integer,
          cut: integer,
          energy: integer,
        }),
      ),
      dual: optional(
        object({
          ...dual,
          leaves: optional(list(object({...dual, held: list(object({unit: integer, label: integer}))}))),
        }),
      ),
    }),
  ),
  summary: object({
    workloads: integer,
    moves: integer,
    gainsNothing: integer,
    blocked: integer,
    needsData: integer,
    ties: integer,
    unknownSensitivity: integer,
  }),
  residual: object({
    roots: list(object({id: text, name: text, before: interval, after: interval})),
    total: object({
      linearised: object({before: integer, after: integer}),
      recomputed: object({before: interval, after: interval}),
    }),
  }),
  optimality: object({
    value: record(integer),
    bound: record(integer),
    gap: number,
    certificate: text,
    sites: optional(object({method: text, units: integer, changed: integer, gapShare: nullable(number)})),
    limited: optional(object({method: text, gapShare: nullable(number)})),
  }),
});

/** Whether a document has everything the verifier reads, with all its lengths and references in range. */
export function shapeProblems(value: unknown): {run: Checkable | null; problems: string[]} {
  const problems: string[] = [];
  run(value, 'run', problems);
  if (problems.length > 0) return {run: null, problems};
  const found = value as Checkable;
  problems.push(...sizeProblems(found));
  return {run: problems.length > 0 ? null : found, problems};
}

function sizeProblems({problem, labels, certificate, unitMembers}: Checkable): string[] {
  const units = problem.units.length;
  const found: string[] = [];
  const same = (have: number, want: number, what: string): void => {
    if (have !== want) found.push(`${what} has ${have} entries instead of ${want}`);
  };
  const within = (values: number[], what: string): void => {
    if (values.some((value) => value < 0 || value >= units))
      found.push(`${what} names a unit that does not exist`);
  };
  same(labels.length, units, 'labels');
  same(unitMembers.length, units, 'unitMembers');
  if (labels.some((label) => label !== 0 && label !== 1)) found.push('a label is neither 0 nor 1');
  problem.levels.forEach((level, k) => {
    const name = `level ${level.name}`;
    same(level.unary.length, 2 * units, `${name} unary`);
    same(level.arcs.head.length, level.arcs.tail.length, `${name} heads`);
    same(level.arcs.weight.length, level.arcs.tail.length, `${name} weights`);
    within(level.arcs.tail, name);
    within(level.arcs.head, name);
    if ([...level.unary, ...level.arcs.weight].some((value) => value < 0))
      found.push(`${name} has a negative value`);
    const proof = certificate?.levels[k];
    if (!proof) return;
    same(proof.source.length, units, `${name} source flow`);
    same(proof.sink.length, units, `${name} sink flow`);
    same(proof.arcs.length, level.arcs.tail.length, `${name} arc flow`);
    same(proof.implied.head.length, proof.implied.tail.length, `${name} implied heads`);
    same(proof.implied.flow.length, proof.implied.tail.length, `${name} implied flow`);
    within(proof.implied.tail, name);
    within(proof.implied.head, name);
  });
  if (problem.choice) found.push(...choiceSizeProblems(problem.choice, units, problem.levels.length));
  const dual = certificate?.dual;
  if (dual) {
    if (problem.levels.length === 0) found.push('prices are stated for a problem without a level');
    for (const {multipliers, source, sink, arcs} of [dual, ...(dual.leaves ?? [])]) {
      same(multipliers.length, problem.choice?.limits.length ?? 0, 'prices');
      same(source.length, units, 'priced source flow');
      same(sink.length, units, 'priced sink flow');
      same(arcs.length, problem.levels[0]?.arcs.tail.length ?? 0, 'priced arc flow');
    }
    for (const {held} of dual.leaves ?? []) {
      within(
        held.map(({unit}) => unit),
        'a case',
      );
      if (held.some(({label}) => label !== 0 && label !== 1))
        found.push('a case holds a unit to neither class');
    }
  }
  return found;
}

function choiceSizeProblems(
  choice: NonNullable<Checkable['problem']['choice']>,
  units: number,
  levels: number,
): string[] {
  const found: string[] = [];
  const options = choice.site.length;
  const rows = (starts: number[], count: number, end: number, what: string): void => {
    const broken = starts.some((value, k) => value < (starts[k - 1] ?? 0));
    if (starts.length !== count + 1 || starts[0] !== 0 || starts.at(-1) !== end || broken)
      found.push(`${what} do not divide what they should`);
  };
  rows(choice.start, units, options, 'options of units');
  rows(choice.useStart, options, choice.limit.length, 'uses of options');
  if (choice.class.length !== options || choice.class.some((label) => label !== 0 && label !== 1))
    found.push('an option is of neither class');
  if (choice.values.length !== levels || choice.values.some((values) => values.length !== options))
    found.push('options have values on other levels');
  if (choice.values.some((values) => values.some((value) => value < 0)))
    found.push('an option has a negative value');
  if (choice.amount.length !== choice.limit.length || choice.amount.some((value) => value < 0))
    found.push('a use is negative or missing');
  if (choice.limit.some((r) => r < 0 || r >= choice.limits.length)) found.push('a use is of no limit');
  if (choice.limits.some(({most, scale}) => most < 0 || scale < 1)) found.push('a limit is negative');
  if (choice.final && choice.final.length !== units) found.push('not every unit ends somewhere');
  if (choice.chosen.length !== units) found.push('not every unit has chosen');
  return found;
}
