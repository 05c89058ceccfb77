import {type Arranged, arrange} from './arrange.ts';
import {leastPaid, scaleOf, writtenMessages} from './certificate.ts';
import {components} from './components.ts';
import {contract} from './contract.ts';
import {descend} from './descent.ts';
import {expand} from './expansion.ts';
import {Messages} from './messages.ts';
import {type SiteEffort, type SiteProblem, type SiteSolution, siteValue} from './site-problem.ts';
import {settle} from './settle.ts';
import {solveByTrying, solveTree} from './small.ts';

/** Rounds of messages without a better bound, as a share of it, after which no more are made. */
const IDLE_ROUNDS = 5;
const IDLE_SHARE = 1e-6;

/** Passes over the groups, where there are some: they only give a start. */
const COARSE_STEPS = 12;

/**
 * Chooses a site for every unit. Units that have one best site whatever others do are settled first. Trees and components of few choices are solved exactly; the others by sequential
 * tree-reweighted messages, which give the bound, and alpha-expansion and single changes from what the messages
 * suggest. The bound is that of integer messages and exact.
 */
export function solveSites(problem: SiteProblem, effort: SiteEffort): SiteSolution {
  const settled = settle(problem, effort.start);
  const arranged = arrange(problem, settled);
  const search = new Search(arranged);
  const {start, groups} = effort;
  if (start)
    search.offer(
      Uint16Array.from(arranged.original, (u) => start[u]!),
      effort,
    );
  if (groups && search.large) {
    const coarse = contract(problem, groups);
    if (coarse) {
      const {groups: _, start: __, ...rest} = effort;
      const {chosen} = solveSites(coarse.problem, {...rest, steps: Math.min(COARSE_STEPS, effort.steps)});
      search.offer(
        Uint16Array.from(arranged.original, (u) => chosen[coarse.groupOf[u]!]!),
        effort,
      );
    }
  }
  const all = (): Uint32Array => {
    const sites = Uint32Array.from(settled.site, (site) => Math.max(0, site));
    search.chosen.forEach((site, i) => (sites[arranged.original[i]!] = site));
    return sites;
  };
  const fixed = siteValue(problem, all()) - search.value;
  const steps = search.large ? search.pass(effort, fixed) : 0;
  const chosen = all();
  const value = siteValue(problem, chosen);
  const scale = scaleOf(problem);
  const messages = writtenMessages(problem, arranged, settled, search.messages.values, scale);
  const least = leastPaid(problem, messages, scale);
  const tried = search.tried.map((group) => group.map((i) => arranged.original[i]!));
  for (const group of tried) for (const u of group) least[u] = 0;
  const bound = search.triedValue + Math.ceil(least.reduce((sum, paid) => sum + paid, 0) / scale);
  return {chosen, value, bound, gap: value - bound, messages, scale, tried, steps};
}

/** The best choice so far, and the messages that bound it. */
class Search {
  readonly chosen: Uint16Array;
  readonly messages: Messages;
  readonly large: boolean;
  /** Units of the components of which every choice was tried, and their value together. */
  readonly tried: number[][] = [];
  readonly triedValue: number;
  readonly #arranged: Arranged;
  readonly #settled: Uint8Array;
  #value: number;

  constructor(arranged: Arranged) {
    const {units, sites, unary} = arranged;
    this.#arranged = arranged;
    this.chosen = new Uint16Array(units);
    this.#settled = new Uint8Array(units);
    this.messages = new Messages(arranged, this.#settled);
    const parts = components(arranged);
    let tried = 0;
    for (const part of parts) {
      if (part.kind === 'large') continue;
      for (const u of part.units) this.#settled[u] = 1;
      if (part.kind === 'tree') solveTree(arranged, part.units, this.chosen, this.messages.values);
      else {
        tried += solveByTrying(arranged, part.units, this.chosen);
        this.tried.push(part.units);
      }
    }
    this.triedValue = tried;
    this.large = parts.some(({kind}) => kind === 'large');
    for (let u = 0; u < units; u++) {
      if (this.#settled[u] === 1) continue;
      let best = 0;
      for (let s = 1; s < sites; s++) if (unary[u * sites + s]! < unary[u * sites + best]!) best = s;
      this.chosen[u] = best;
    }
    this.#value = this.#paid(this.chosen);
  }

  /** What the best choice pays. */
  get value(): number {
    return this.#value;
  }

  /** Improves a choice for the components that are not solved yet, and keeps it if it is strictly the best. */
  offer(choice: Uint16Array, {expired}: SiteEffort): void {
    const settled = this.#settled;
    for (let u = 0; u < choice.length; u++) if (settled[u] === 1) choice[u] = this.chosen[u]!;
    let better = true;
    while (better && (expired() ?? null) === null)
      better = expand(this.#arranged, choice, expired) && descend(this.#arranged, choice);
    descend(this.#arranged, choice);
    const value = this.#paid(choice);
    if (value >= this.#value) return;
    this.#value = value;
    this.chosen.set(choice);
  }

  /**
   * Rounds of messages, with a choice from them after 1, 2, 3, 5, 8 … of them. Returns how many.
   * @param fixed what units that are settled pay besides
   */
  pass(effort: SiteEffort, fixed: number): number {
    let best = -Infinity;
    let idle = 0;
    let next = 1;
    const solved = this.#paid(this.chosen, 1);
    const suggest = (): void => {
      const choice = this.chosen.slice();
      this.messages.decode(choice);
      this.offer(choice, effort);
    };
    for (let step = 1; step <= effort.steps; step++) {
      const bound = this.messages.round();
      idle = bound > best + IDLE_SHARE * Math.abs(bound) ? 0 : idle + 1;
      best = Math.max(best, bound);
      const last = step === effort.steps || idle === IDLE_ROUNDS || (effort.expired() ?? null) !== null;
      if (step === next || last) {
        suggest();
        next = Math.max(step + 1, Math.round(1.6 * step));
      }
      const share = (this.#value - solved - best) / Math.max(1, this.#value + fixed);
      effort.progress(Math.max(0, share));
      if (last || share <= effort.maxGap) return step;
    }
    return effort.steps;
  }

  /** What a choice pays, or only in the components that are solved. */
  #paid(choice: Uint16Array, settled?: 1): number {
    const {units, sites, unary, first, head, weight, table, tables} = this.#arranged;
    let sum = 0;
    for (let u = 0; u < units; u++) {
      if (settled === 1 && this.#settled[u] !== 1) continue;
      sum += unary[u * sites + choice[u]!]!;
      for (let e = first[u]!; e < first[u + 1]!; e++)
        sum += weight[e]! * tables[table[e]!]!.costs[choice[u]! * sites + choice[head[e]!]!]!;
    }
    return sum;
  }
}
