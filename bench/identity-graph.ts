import type {EdgeList} from '../src/graph/csr.ts';
import {random} from './min-cut-estate.ts';

/** A synthetic identity graph. Node numbers: roots, accounts, groups, identities, workloads, in this order. */
export interface BenchGraph {
  list: EdgeList;
  roots: Uint32Array;
  identities: Uint32Array;
  /** Whole-number weight of each node; 0 but for workloads. */
  weight: Float64Array;
}

export interface BenchSize {
  workloads: number;
  identities: number;
  edges: number;
  roots: number;
}

/**
 * An estate in accounts, as clouds have them: accounts of skewed size hold ten groups each, groups hold workloads.
 * Identities have a rank; rights on groups, on other identities and on single workloads mostly go from higher to lower rank,
 * and workloads run as identities of lower rank than those who rule them, so that most of the graph is layered. One edge
 * of forty goes against the ranks and one right of ten into another account: that makes the cycles real estates have. A
 * fifth of the roots rule accounts, the others single identities and groups. One edge of four asks for more than
 * standing control. No order of the edges is given away.
 */
export function identityGraph(size: BenchSize, seed: number): BenchGraph {
  const uniform = random(seed);
  const integer = (below: number): number => Math.floor(uniform() * below);
  const accounts = Math.max(4, Math.round(size.workloads / 500));
  const groups = accounts * 10;
  const firstAccount = size.roots;
  const firstGroup = firstAccount + accounts;
  const firstIdentity = firstGroup + groups;
  const firstWorkload = firstIdentity + size.identities;
  const nodes = firstWorkload + size.workloads;
  const from = new Uint32Array(size.edges);
  const to = new Uint32Array(size.edges);
  const level = new Uint8Array(size.edges);
  let filled = 0;
  const connect = (u: number, v: number, structure = false): void => {
    if (u === v || filled === size.edges) return;
    from[filled] = u;
    to[filled] = v;
    const dice = uniform();
    level[filled] = structure || dice < 0.75 ? 0 : dice < 0.92 ? 1 : dice < 0.98 ? 2 : 3;
    filled++;
  };
  /** Larger accounts first. */
  const account = (): number => Math.floor(accounts * uniform() ** 1.6);
  const perAccount = Math.max(1, Math.floor(size.identities / accounts));
  const group = (a: number, rank: number): number => firstGroup + a * 10 + Math.floor(10 * rank);
  const identity = (a: number, rank: number): number =>
    firstIdentity + a * perAccount + Math.floor(perAccount * rank);
  const near = (a: number): number => (uniform() < 0.9 ? a : account());
  /** A rank below the given one; now and then any. */
  const below = (rank: number): number => (uniform() < 0.001 ? uniform() : rank * uniform());

  for (let g = 0; g < groups; g++) connect(firstAccount + Math.floor(g / 10), firstGroup + g, true);
  const home = new Uint32Array(size.workloads);
  const rankOf = new Float64Array(size.workloads);
  for (let w = 0; w < size.workloads; w++) {
    home[w] = account();
    rankOf[w] = uniform();
    connect(group(home[w]!, rankOf[w]!), firstWorkload + w, true);
  }
  for (let r = 0; r < size.roots; r++) {
    if (r % 5 === 0) for (let k = 0; k < 3; k++) connect(r, firstAccount + account());
    else
      for (let k = 0; k < 4; k++)
        connect(r, uniform() < 0.7 ? identity(account(), uniform()) : group(account(), uniform()));
  }
  while (filled < size.edges) {
    const dice = uniform();
    const a = account();
    const rank = uniform();
    const w = integer(size.workloads);
    if (dice < 0.3) connect(identity(a, rank), group(near(a), below(rank)));
    else if (dice < 0.5) connect(identity(a, rank), identity(near(a), below(rank)));
    else if (dice < 0.7) connect(firstWorkload + w, identity(home[w]!, below(0.9 * rankOf[w]!)));
    else if (dice < 0.99) connect(identity(near(home[w]!), Math.max(rank, rankOf[w]!)), firstWorkload + w);
    else connect(identity(a, 1 - rank / 20), firstAccount + near(a));
  }
  shuffle();
  const weight = new Float64Array(nodes);
  for (let w = firstWorkload; w < nodes; w++) weight[w] = [0, 200_000, 600_000, 1_000_000][integer(4)]!;
  return {
    list: {nodes, from, to, level, grade: new Uint8Array(size.edges)},
    roots: Uint32Array.from({length: size.roots}, (_, r) => r),
    identities: Uint32Array.from({length: size.identities}, (_, i) => firstIdentity + i),
    weight,
  };

  function shuffle(): void {
    for (let i = size.edges - 1; i > 0; i--) {
      const j = integer(i + 1);
      [from[i], from[j]] = [from[j]!, from[i]!];
      [to[i], to[j]] = [to[j]!, to[i]!];
      [level[i], level[j]] = [level[j]!, level[i]!];
    }
  }
}
