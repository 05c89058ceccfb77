import type {Expression} from './parse.ts';

export type Answer = 'yes' | 'no' | 'maybe';

/**
 * What is known of a text attribute of a request: the ways it may be written, first the usual one. `below` = the request may
 * also name something under it (an object of the bucket).
 */
export interface TextFact {
  spellings: readonly string[];
  below?: boolean;
}

/** Looks an attribute up by path; null = not known. */
export type Lookup = (path: string) => TextFact | null;

/** Answers a condition at one moment (milliseconds since 1970), three-valued: what is not known is "maybe". */
export function decideAt(tree: Expression, lookup: Lookup, time: number): Answer {
  switch (tree.kind) {
    case 'and':
      return all(tree.items.map((item) => decideAt(item, lookup, time)));
    case 'or':
      return negate(all(tree.items.map((item) => negate(decideAt(item, lookup, time)))));
    case 'not':
      return negate(decideAt(tree.of, lookup, time));
    case 'literal':
      return tree.value === true ? 'yes' : tree.value === false ? 'no' : 'maybe';
    case 'compare':
      return compare(tree, lookup, time);
    case 'call':
      return call(tree, lookup);
    default:
      return 'maybe';
  }
}

/**
 * Answers a condition from now on: true now = yes; not now, but at a moment it names in the future = maybe; never again = no.
 */
export function decide(tree: Expression, lookup: Lookup, now: number): {answer: Answer; later: boolean} {
  const answer = decideAt(tree, lookup, now);
  if (answer !== 'no') return {answer, later: false};
  const moments = [...new Set(timesOf(tree))].filter((time) => time >= now).slice(0, 16);
  const later = moments.some((time) =>
    [time, time + 1].some((moment) => decideAt(tree, lookup, moment) !== 'no'),
  );
  return {answer: later ? 'maybe' : 'no', later};
}

/** Whether a condition speaks of an attribute under this path. */
export function mentions(tree: Expression, prefix: string): boolean {
  return parts(tree).some(
    ({kind, ...rest}) => kind === 'path' && (rest as {path: string}).path.startsWith(prefix),
  );
}

/** A tree that holds something the model cannot read at all may speak of anything. */
export function isWhole(tree: Expression): boolean {
  return parts(tree).every(({kind}) => kind !== 'other');
}

function parts(tree: Expression): Expression[] {
  const found: Expression[] = [];
  const open = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node);
    if (node.kind === 'and' || node.kind === 'or' || node.kind === 'list') open.push(...node.items);
    else if (node.kind === 'not') open.push(node.of);
    else if (node.kind === 'compare') open.push(node.left, node.right);
    else if (node.kind === 'call') open.push(...(node.on === null ? [] : [node.on]), ...node.args);
  }
  return found;
}

function timesOf(tree: Expression): number[] {
  return parts(tree).flatMap((node) => timestamp(node) ?? []);
}

function all(answers: Answer[]): Answer {
  if (answers.includes('no')) return 'no';
  return answers.includes('maybe') ? 'maybe' : 'yes';
}

function negate(answer: Answer): Answer {
  return answer === 'maybe' ? 'maybe' : answer === 'yes' ? 'no' : 'yes';
}

/** `timestamp("2026-01-01T00:00:00Z")` in milliseconds. */
function timestamp(node: Expression): number | null {
  if (node.kind !== 'call' || node.on !== null || node.name !== 'timestamp') return null;
  const [written] = node.args;
  if (written?.kind !== 'literal' || typeof written.value !== 'string') return null;
  const time = Date.parse(written.value);
  return Number.isNaN(time) ? null : time;
}

const MIRRORED: Readonly<Record<string, string>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

function compare(
  {sign, left, right}: Extract<Expression, {kind: 'compare'}>,
  lookup: Lookup,
  time: number,
): Answer {
  if (left.kind === 'path' && left.path === 'request.time') return compareTime(time, sign, timestamp(right));
  if (right.kind === 'path' && right.path === 'request.time')
    return compareTime(time, MIRRORED[sign] ?? '', timestamp(left));
  if (sign === 'in') {
    if (right.kind !== 'list' || left.kind !== 'path') return 'maybe';
    return negate(all(right.items.map((item) => negate(equal(lookup(left.path), textOf(item))))));
  }
  const path = left.kind === 'path' ? left : right.kind === 'path' ? right : null;
  const other = path === left ? right : left;
  if (path === null || (sign !== '==' && sign !== '!=')) return 'maybe';
  const same = equal(lookup(path.path), textOf(other));
  return sign === '==' ? same : negate(same);
}

function compareTime(time: number, sign: string, limit: number | null): Answer {
  if (limit === null) return 'maybe';
  switch (sign) {
    case '<':
      return time < limit ? 'yes' : 'no';
    case '<=':
      return time <= limit ? 'yes' : 'no';
    case '>':
      return time > limit ? 'yes' : 'no';
    case '>=':
      return time >= limit ? 'yes' : 'no';
    default:
      return 'maybe';
  }
}

function textOf(node: Expression): string | null {
  return node.kind === 'literal' && typeof node.value === 'string' ? node.value : null;
}

function equal(fact: TextFact | null, text: string | null): Answer {
  return judge(fact, text, (spelling, wanted, below) =>
    below && (spelling === wanted || wanted.startsWith(`${spelling}/`))
      ? 'maybe'
      : spelling === wanted
        ? 'yes'
        : 'no',
  );
}

function call({on, name, args}: Extract<Expression, {kind: 'call'}>, lookup: Lookup): Answer {
  if (on?.kind !== 'path' || args.length !== 1) return 'maybe';
  const fact = lookup(on.path);
  const text = textOf(args[0]!);
  if (name === 'startsWith')
    return judge(fact, text, (spelling, wanted, below) =>
      spelling.startsWith(wanted) ? 'yes' : below && wanted.startsWith(`${spelling}/`) ? 'maybe' : 'no',
    );
  if (name === 'endsWith')
    return judge(fact, text, (spelling, wanted, below) =>
      below ? 'maybe' : spelling.endsWith(wanted) ? 'yes' : 'no',
    );
  if (name === 'contains')
    return judge(fact, text, (spelling, wanted, below) =>
      spelling.includes(wanted) ? 'yes' : below ? 'maybe' : 'no',
    );
  return 'maybe';
}

/** The usual spelling decides; where only another one fits, it may. */
function judge(
  fact: TextFact | null,
  text: string | null,
  test: (spelling: string, wanted: string, below: boolean) => Answer,
): Answer {
  if (fact === null || text === null || fact.spellings.length === 0) return 'maybe';
  const [usual, ...others] = fact.spellings.map((spelling) => test(spelling, text, fact.below === true));
  if (usual !== 'no') return usual!;
  return others.some((answer) => answer !== 'no') ? 'maybe' : 'no';
}
