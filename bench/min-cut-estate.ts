import type {FlowNetwork} from '../src/graph/residual-network.ts';

/** Mulberry32 on a 32-bit state: uniform in [0, 1). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A synthetic estate as a two-class problem with `arcsPerUnit · n` undirected dependencies: applications of 5–50
 * workloads (log-normal), a spanning tree per application, then 80 % inside an application, 15 % between
 * applications, 5 % to hubs of falling popularity; log-normal weights in milli-points; 5 % must be dedicated, 6 %
 * public.
 */
export function estateNetwork(n: number, seed: number, arcsPerUnit = 4): FlowNetwork {
  const uniform = random(seed);
  const normal = normalOf(uniform);
  const integer = (below: number): number => Math.floor(uniform() * below);
  const starts = applicationStarts(n, normal);
  const applications = starts.length - 1;
  const applicationOf = estateApplications(n, seed);

  const edges = arcsPerUnit * n;
  const tail = new Uint32Array(edges);
  const head = new Uint32Array(edges);
  const forward = new Float64Array(edges);
  let filled = 0;
  const connect = (u: number, v: number): void => {
    if (u === v || filled === edges) return;
    tail[filled] = u;
    head[filled] = v;
    forward[filled] = Math.max(1, Math.round(1000 * Math.exp(0.8 * normal())));
    filled++;
  };
  const member = (a: number): number => starts[a]! + integer(starts[a + 1]! - starts[a]!);
  for (let i = 0; i < n; i++) {
    const start = starts[applicationOf[i]!]!;
    if (i > start) connect(i, start + integer(i - start));
  }
  const hubs = Math.max(1, Math.floor(n / 1000));
  for (;;) {
    if (filled === edges) break;
    const u = integer(n);
    const kind = uniform();
    if (kind < 0.8) connect(u, member(applicationOf[u]!));
    else if (kind < 0.95) connect(u, member(integer(applications)));
    else connect(u, Math.floor(hubs * uniform() ** 3) * Math.floor(n / hubs));
  }
  const source = new Float64Array(n);
  const sink = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const pinned = uniform();
    source[i] = pinned < 0.06 ? Infinity : Math.round(4000 * Math.exp(0.7 * normal()));
    sink[i] = pinned >= 0.06 && pinned < 0.11 ? Infinity : Math.round(4000 * Math.exp(0.7 * normal()));
  }
  return {nodes: n, source, sink, tail, head, forward, backward: forward.slice()};
}

/** Number of the application of each workload of {@link estateNetwork}. */
export function estateApplications(n: number, seed: number): Uint32Array {
  const starts = applicationStarts(n, normalOf(random(seed)));
  const applicationOf = new Uint32Array(n);
  for (let a = 0; a + 1 < starts.length; a++) applicationOf.fill(a, starts[a], starts[a + 1]);
  return applicationOf;
}

function normalOf(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** First workload of each application, and `n`. */
function applicationStarts(n: number, normal: () => number): number[] {
  const starts: number[] = [];
  for (let at = 0; at < n;) {
    starts.push(at);
    at += Math.min(50, Math.max(5, Math.round(Math.exp(2.5 + 0.6 * normal()))));
  }
  return [...starts, n];
}
