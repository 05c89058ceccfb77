import {byText} from '../document/canonical.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {Dependency, DependencyKind, Workload} from '../model/estate.ts';
import {byFinding, byPlace} from './finding-order.ts';
import type {ReferenceIndex} from './reference-index.ts';
import {collectUnresolved} from './unresolved.ts';

/** Kinds in the order they are sorted by. */
const KINDS: DependencyKind[] = ['data-flow', 'must-apart', 'must-together', 'prefer-together', 'trust'];

/** A group-to-group dependency beyond this many pairs is refused: nobody means a million edges by one line. */
const MAX_PAIRS = 10_000;

/** A dependency between workload indexes. */
interface Resolved {
  from: number;
  to: number;
  stated: Dependency;
  gib: number | null;
}

/**
 * Dependencies between workload ids, sorted, without exact repetitions. `app:` and `tag:` references stand for all
 * their workloads; the volume of such a line is shared out evenly. Unresolvable lines are left out with a finding.
 */
export function resolveDependencies(
  stated: Dependency[],
  workloads: Workload[],
  index: ReferenceIndex,
): Outcome<Dependency[]> {
  const unresolved = collectUnresolved({code: 'BH-EST-030', severity: 'medium', noun: 'dependency'});
  const findings: Finding[] = [];
  const resolved: Resolved[] = [];
  for (const dependency of stated) {
    const from = unresolved.workloads(dependency.from, dependency.place, index);
    const to = unresolved.workloads(dependency.to, dependency.place, index);
    if (from.length === 1 && to.length === 1) {
      if (from[0] === to[0]) findings.push(onItself(dependency));
      else resolved.push({from: from[0]!, to: to[0]!, stated: dependency, gib: dependency.gibPerMonth});
    } else expand(dependency, from, to, resolved, findings);
  }
  const {kept, repeated} = withoutRepetition(sorted(resolved, workloads.length));
  if (repeated.length > 0) findings.push(repetition(repeated));
  findings.sort(byFinding);
  return {
    value: kept.map(({from, to, stated, gib}) => ({
      from: workloads[from]!.id,
      to: workloads[to]!.id,
      kind: stated.kind,
      gibPerMonth: gib,
      maxLatencyMs: stated.maxLatencyMs,
      place: stated.place,
    })),
    findings: [...unresolved.findings(index), ...findings],
  };
}

/** All pairs of two groups. Keeping one group together needs a chain only. */
function expand(
  dependency: Dependency,
  from: readonly number[],
  to: readonly number[],
  resolved: Resolved[],
  findings: Finding[],
): void {
  const together = dependency.kind === 'must-together' || dependency.kind === 'prefer-together';
  if (together && from === to) {
    for (let at = 1; at < from.length; at++) {
      resolved.push({from: from[at - 1]!, to: from[at]!, stated: dependency, gib: dependency.gibPerMonth});
    }
    return;
  }
  const count = from.length * to.length;
  if (count > MAX_PAIRS) {
    findings.push(tooMany(dependency, count));
    return;
  }
  const pairs: [number, number][] = [];
  for (const u of from) for (const v of to) if (u !== v) pairs.push([u, v]);
  const gib = dependency.gibPerMonth === null ? null : dependency.gibPerMonth / pairs.length;
  for (const [u, v] of pairs) resolved.push({from: u, to: v, stated: dependency, gib});
}

/** By from, to, kind, amounts and place: bucket by `from` (a counting sort), then small sorts. */
function sorted(resolved: Resolved[], count: number): Resolved[] {
  const start = new Uint32Array(count + 1);
  for (const {from} of resolved) start[from + 1]!++;
  for (let at = 0; at < count; at++) start[at + 1]! += start[at]!;
  const fill = start.slice();
  const result = Array.from<Resolved>({length: resolved.length});
  for (const dependency of resolved) result[fill[dependency.from]!++] = dependency;
  for (let at = 0; at < count; at++) {
    const [low, high] = [start[at]!, start[at + 1]!];
    if (high - low < 2) continue;
    const bucket = result.slice(low, high).sort(compare);
    for (let offset = 0; offset < bucket.length; offset++) result[low + offset] = bucket[offset]!;
  }
  return result;
}

function compare(a: Resolved, b: Resolved): number {
  return (
    a.to - b.to ||
    KINDS.indexOf(a.stated.kind) - KINDS.indexOf(b.stated.kind) ||
    amount(a.gib) - amount(b.gib) ||
    amount(a.stated.maxLatencyMs) - amount(b.stated.maxLatencyMs) ||
    byPlace(a.stated.place, b.stated.place) ||
    byText(a.stated.from, b.stated.from) ||
    byText(a.stated.to, b.stated.to)
  );
}

function amount(value: number | null): number {
  return value ?? -1;
}

/** Statements that say exactly the same count once; the same pair with other amounts is another flow. */
function withoutRepetition(ordered: Resolved[]): {kept: Resolved[]; repeated: Resolved[]} {
  const kept: Resolved[] = [];
  const repeated: Resolved[] = [];
  for (const dependency of ordered) {
    const last = kept.at(-1);
    (last && isSame(last, dependency) ? repeated : kept).push(dependency);
  }
  return {kept, repeated};
}

function isSame(a: Resolved, b: Resolved): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.gib === b.gib &&
    a.stated.kind === b.stated.kind &&
    a.stated.maxLatencyMs === b.stated.maxLatencyMs
  );
}

function repetition(repeated: Resolved[]): Finding {
  const {stated} = repeated[0]!;
  return {
    code: 'BH-EST-031',
    severity: 'info',
    message: `${repeated.length} dependenc${repeated.length === 1 ? 'y is' : 'ies are'} stated more than once and count once, e.g. ${stated.from} → ${stated.to}`,
    where: stated.place,
  };
}

function onItself(dependency: Dependency): Finding {
  return {
    code: 'BH-EST-032',
    severity: 'low',
    message: `${dependency.from} depends on itself; the line is left out`,
    where: dependency.place,
    remedy: 'Remove the line or correct one of the two names.',
  };
}

function tooMany(dependency: Dependency, count: number): Finding {
  return {
    code: 'BH-EST-033',
    severity: 'medium',
    message: `${dependency.from} → ${dependency.to} stands for ${count} pairs of workloads, more than ${MAX_PAIRS}; the line is left out`,
    where: dependency.place,
    remedy: 'Name the workloads that talk to each other.',
  };
}
