import type {Certainty, Place} from '../../model/common.ts';
import type {IdentityGap} from '../../model/identity-facts.ts';
import type {GraphBuilder} from '../builder.ts';
import type {Answer, Way} from './policy/index.ts';

/** Ways to something, with what decided them. No way = it is denied. */
export interface Chance {
  ways: readonly Way[];
  because: readonly string[];
}

export const ALWAYS: Chance = {ways: [{level: 0, certainty: 'certain'}], because: []};

const ORDER: Record<Certainty, number> = {certain: 0, conditional: 1, unknown: 2};

/** The less sure of two. */
export function weaker(a: Certainty, b: Certainty): Certainty {
  return ORDER[a] >= ORDER[b] ? a : b;
}

export function chanceOf(answer: Answer): Chance {
  return {ways: answer.ways, because: answer.because};
}

/** Whether a way is at least as sure as another, and no harder. */
export function covers(known: Way, way: Way): boolean {
  return ORDER[known.certainty] <= ORDER[way.certainty] && known.level <= way.level;
}

/** Both are needed: each pair of ways makes one, dominated ones are left out. */
export function both(a: Chance, b: Chance): Chance {
  const pairs = a.ways.flatMap((x) =>
    b.ways.map((y): Way => ({
      level: x.level > y.level ? x.level : y.level,
      certainty: weaker(x.certainty, y.certainty),
    })),
  );
  return {ways: best(pairs), because: [...new Set([...a.because, ...b.because])]};
}

/** All of several are needed. */
export function all(chances: readonly Chance[]): Chance {
  let whole = ALWAYS;
  for (const chance of chances) {
    whole = both(whole, chance);
    if (whole.ways.length === 0) return whole;
  }
  return whole;
}

/** Ways nobody beats in certainty and level, surest first. */
export function best(ways: readonly Way[]): Way[] {
  const sorted = ways.toSorted((a, b) => ORDER[a.certainty] - ORDER[b.certainty] || a.level - b.level);
  const kept: Way[] = [];
  for (const way of sorted) if (kept.every(({level}) => level > way.level)) kept.push(way);
  return kept;
}

/** The surer of two chances, by its first way. */
export function surer(a: Chance, b: Chance): Chance {
  const [x, y] = [a.ways[0], b.ways[0]];
  if (!x || !y) return x ? a : b;
  const order = ORDER[x.certainty] - ORDER[y.certainty] || x.level - y.level;
  return order <= 0 ? a : b;
}

/** True when no input and no condition could make it surer. */
export function isSure({ways}: Chance): boolean {
  return ways[0]?.certainty === 'certain' && ways[0].level === 0;
}

/** Limits every way to a certainty. */
export function atBest(chance: Chance, certainty: Certainty, because?: string): Chance {
  return {
    ways: best(chance.ways.map((way) => ({...way, certainty: weaker(way.certainty, certainty)}))),
    because: because === undefined ? chance.because : [...chance.because, because],
  };
}

export interface Drawn {
  from: string;
  to: string;
  kind: string;
  chance: Chance;
  /** Leads the evidence, e.g. the id of the path. */
  evidence: string;
  /** Open question behind otherwise certain ways. */
  gap?: IdentityGap | null;
  place?: Place;
  bound?: 'place' | 'workload';
}

/** Longest evidence text; statements beyond it are counted, not shown. */
const REASONS = 4;

/** One edge per way. A gap takes over where the way is certain without it; surer than the gap is nothing. */
export function drawWays(
  graph: GraphBuilder,
  {from, to, kind, chance, evidence, gap, place, bound}: Drawn,
): void {
  const shown = chance.because.slice(0, REASONS).join('; ');
  const more = chance.because.length > REASONS ? ` and ${chance.because.length - REASONS} more` : '';
  const text = shown === '' ? evidence : `${evidence}: ${shown}${more}`;
  for (const {level, certainty} of chance.ways) {
    const asks = gap && certainty === 'certain' ? `; not in the source: ${gap.input}` : '';
    const open =
      gap && certainty === 'certain'
        ? {gap, certainty: gap.certainty}
        : {certainty: gap ? weaker(certainty, gap.certainty) : certainty};
    graph.edge(from, to, kind, {
      evidence: `${text}${asks}`,
      level,
      ...open,
      ...(place ? {place} : {}),
      ...(bound ? {bound} : {}),
    });
  }
}
