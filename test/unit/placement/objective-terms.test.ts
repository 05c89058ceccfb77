import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {DEFAULT_SETTINGS} from '../../../src/placement/input.ts';
import {buildProblem} from '../../../src/placement/problem/build.ts';
import {namedLevels, objective} from '../../../src/placement/problem/levels.ts';
import type {PlacementProblem} from '../../../src/placement/problem/problem.ts';
import {CLOSED, STAYS} from '../../../src/placement/problem/representatives.ts';
import {energy} from '../../../src/placement/solve/level.ts';
import {solveLexicographic} from '../../../src/placement/solve/lexicographic.ts';
import {sketches} from './random-estate.ts';
import {request, type Sketch} from './small-estate.ts';

type Settings = typeof DEFAULT_SETTINGS;

/** Where each workload stands when its unit is in a class, straight from the sketch: no code of the levels. */
interface Placed {
  /** Site id, or null = at no known site. */
  site: string | null;
  /** Class of its unit. */
  dedicated: boolean;
  unit: number;
}

function hostingOf(sketch: Sketch, settings: Settings, name: string, site: string | null): number | null {
  const cost = site === null ? null : (sketch.sites[site]!.cost ?? null);
  const {vcpu} = sketch.things[name]!;
  if (cost === null || vcpu === undefined) return null;
  const rate = cost.currency === 'EUR' ? 1 : settings.exchangeRates[cost.currency]?.rate;
  return rate === undefined
    ? null
    : Math.round(100 * rate * (vcpu * cost.vcpuMonth! + cost.memoryGiBMonth! + cost.storageGiBMonth!));
}

function answers(sketch: Sketch, provider: string, asker: string, site: string | null): boolean {
  const offered = sketch.sites[site ?? '']?.sharedServices ?? [];
  const namesOf = (name: string) => [name, sketch.things[name]!.application ?? ''];
  return offered.some((name) => namesOf(provider).includes(name) && !namesOf(asker).includes(name));
}

/** Hosting, what moves must save, egress and splits of a labelling, in cents. */
function moneyOf(
  sketch: Sketch,
  settings: Settings,
  problem: PlacementProblem,
  at: Map<string, Placed>,
): number {
  let sum = 0;
  const names = Object.keys(sketch.things).sort();
  for (const unit of problem.units) {
    if (unit.members.length === 0 || unit.site.includes(CLOSED)) continue;
    const members = unit.members.map((w) => names[w]!);
    const id = (s: number): string | null => (s === STAYS ? null : Object.keys(sketch.sites)[s]!);
    const both = unit.site.map((s) => members.map((name) => hostingOf(sketch, settings, name, id(s))));
    const known = both.flat().every((value) => value !== null);
    for (const name of members) {
      const {site} = at.get(name)!;
      if (known) sum += hostingOf(sketch, settings, name, site)!;
      // A currency is stated in the settings, so money counts even where no site has a price.
      if (site !== null && site !== sketch.things[name]!.at) sum += settings.moveMustSave;
    }
  }
  for (const [from, to, kind, gib] of sketch.dependencies ?? []) {
    const [a, b] = [at.get(from)!, at.get(to)!];
    if (a.dedicated === b.dedicated || (kind !== 'data-flow' && kind !== 'prefer-together')) continue;
    if (answers(sketch, to, from, a.site) || answers(sketch, from, to, b.site)) continue;
    if (kind === 'prefer-together' && (gib ?? null) === null) {
      sum += settings.preferTogetherMonth;
      continue;
    }
    const cost = a.site === null ? null : (sketch.sites[a.site]!.cost ?? null);
    const price = cost ? (cost.egressTo?.[b.site ?? ''] ?? cost.egressPerGiB) : null;
    const rate = cost?.currency === 'EUR' ? 1 : settings.exchangeRates[cost?.currency ?? '']?.rate;
    if (price !== null && price !== undefined && rate !== undefined && typeof gib === 'number')
      sum += Math.round(100 * gib * price * rate);
  }
  for (const application of ['hall', 'pier']) {
    const own = names.filter((name) => sketch.things[name]!.application === application);
    if (new Set(own.map((name) => at.get(name)!.dedicated)).size > 1) sum += settings.splitPenalty;
  }
  return sum;
}

/** Dependencies across classes that no pair of open sites can serve fast enough. */
function breachesOf(sketch: Sketch, problem: PlacementProblem, at: Map<string, Placed>): number {
  const ids = Object.keys(sketch.sites);
  const open = (name: string): (string | null)[] => {
    const {unit, dedicated} = at.get(name)!;
    const {site, members, blocked} = problem.units[unit]!;
    const first = site[dedicated ? 1 : 0];
    if (blocked || first === STAYS) return [first === STAYS ? null : ids[first]!];
    return ids.filter(
      (id, s) =>
        (sketch.sites[id]!.class === 'dedicated') === dedicated &&
        members.every((w) => problem.eligibility.allowed[w * ids.length + s] === 1),
    );
  };
  const between = (a: string | null, b: string | null): number => {
    if (a === null || b === null) return -1;
    const stated = [sketch.sites[a]!.latencyMs?.[b], sketch.sites[b]!.latencyMs?.[a]];
    return Math.max(-1, ...stated.filter((ms) => ms !== undefined));
  };
  return (sketch.dependencies ?? []).filter(([from, to, kind, , maxMs]) => {
    if (maxMs === undefined || (kind !== 'data-flow' && kind !== 'prefer-together')) return false;
    if (at.get(from)!.dedicated === at.get(to)!.dedicated) return false;
    return open(from).every((a) =>
      open(to).every(
        (b) => !answers(sketch, to, from, a) && !answers(sketch, from, to, b) && between(a, b) > maxMs,
      ),
    );
  }).length;
}

describe('money and latency of a plan', () => {
  it('are those of the best of all labellings, level by level, in every small estate', () => {
    let [withLatency, withSplits, withServices] = [0, 0, 0];
    fc.assert(
      fc.property(sketches, (sketch) => {
        const given = request(sketch);
        const settings: Settings = {...DEFAULT_SETTINGS, ...given.settings, objective: 'lexicographic'};
        const {value: problem} = buildProblem({...given, settings});
        const names = Object.keys(sketch.things).sort();
        const ids = Object.keys(sketch.sites);
        const real = problem.units.filter((unit) => unit.members.length > 0).length;
        const solution = solveLexicographic(problem.units.length, objective(problem, problem.risk));
        const levels = namedLevels(problem);
        const placed = (labels: ArrayLike<number>): Map<string, Placed> =>
          new Map(
            names.map((name, w) => {
              const unit = problem.unitOf[w]!;
              const dedicated = labels[unit] === 1;
              const s = problem.units[unit]!.site[dedicated ? 1 : 0];
              return [name, {unit, dedicated, site: s === STAYS ? null : ids[s]!}];
            }),
          );
        const valuesOf = (labels: number[]): number[] => {
          const at = placed(labels);
          const churn = names.filter((name) => {
            const {site} = at.get(name)!;
            return site !== null && site !== sketch.things[name]!.at;
          }).length;
          const all = [...labels, ...Array.from({length: problem.units.length - real}, () => 0)];
          return [
            energy(problem.risk, all),
            breachesOf(sketch, problem, at),
            moneyOf(sketch, settings, problem, at),
            churn,
          ];
        };
        let best: number[] | null = null;
        for (let mask = 0; mask < 2 ** real; mask++) {
          const labels = Array.from({length: real}, (_, u) => (mask >> u) & 1);
          if (labels.some((label, u) => problem.units[u]!.site[label as 0 | 1] === CLOSED)) continue;
          const values = valuesOf(labels);
          if (best === null || less(values, best)) best = values;
        }
        expect(levels.map(({name}) => name).join()).toMatch(/^risk,(latency,)?cost,churn$/);
        // Without such a level nothing can be too slow.
        const {values} = solution;
        expect(problem.latency.level ? values : [values[0], 0, ...values.slice(1)]).toEqual(best);
        expect(valuesOf(Array.from(solution.labels).slice(0, real))).toEqual(best);
        if (problem.latency.level) withLatency++;
        if (problem.splits.length > 0) withSplits++;
        if (ids.some((id) => sketch.sites[id]!.sharedServices!.length > 0)) withServices++;
      }),
      {numRuns: 600},
    );
    // The property says nothing unless the terms occur.
    expect(Math.min(withLatency, withSplits, withServices)).toBeGreaterThan(10);
  });
});

function less(a: number[], b: number[]): boolean {
  const k = a.findIndex((value, level) => value !== b[level]);
  return k >= 0 && a[k]! < b[k]!;
}
