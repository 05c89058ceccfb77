import {maxFlow, SINK} from '../../graph/max-flow.ts';
import {energy, type Level, type LevelFlow, type Solution} from './level.ts';

/**
 * Minimises the levels in order of importance, exactly, each by one minimum cut and without scaling one level above
 * another. After the maximum flow of a level its optimal labellings are the closed sets of its residual graph
 * (Picard & Queyranne 1980): an arc u → v with residual capacity says "u public ⇒ v public". The next level is
 * minimised over those sets alone, by giving the residual arcs infinite capacity, so its flow may run over them.
 * Among the labellings optimal on all levels, the one with the fewest dedicated units is returned: it is unique, so
 * the labels do not depend on the order of units or edges.
 */
export function solveLexicographic(units: number, levels: Level[]): Solution {
  const pool = new EdgePool(levels);
  const bound = new Uint8Array(2 * units);
  const flows: LevelFlow[] = [];
  let side: Uint8Array = new Uint8Array(units);
  let settled: Uint8Array = side;
  levels.forEach((level, k) => {
    if (k > 0 && isZero(level)) {
      flows.push(zeroFlow(units, level));
      return;
    }
    const source = new Float64Array(units);
    const sink = new Float64Array(units);
    for (let u = 0; u < units; u++) {
      source[u] = bound[2 * u] === 1 ? Infinity : level.unary[2 * u + 1]!;
      sink[u] = bound[2 * u + 1] === 1 ? Infinity : level.unary[2 * u]!;
    }
    const edges = pool.select(k);
    const result = maxFlow({nodes: units, source, sink, ...edges});
    side = result.side;
    if (k === 0) settled = side.map((s) => (s === 0 ? 0 : 1));
    for (let u = 0; u < units; u++) {
      if (result.source[u]! < source[u]!) bound[2 * u] = 1;
      if (result.sink[u]! < sink[u]!) bound[2 * u + 1] = 1;
    }
    pool.bind(edges, result.net);
    flows.push({
      flow: result.flow,
      source: result.source,
      sink: result.sink,
      ...pool.split(k, edges, result.net),
    });
  });
  const labels = Uint8Array.from(side, (s) => (s === SINK ? 1 : 0));
  const free = Uint8Array.from(side, (s) => (s === 0 ? 1 : 0));
  return {labels, free, settled, values: levels.map((level) => energy(level, labels)), flows};
}

interface Selection {
  /** Index into the pool of each selected edge. */
  index: Uint32Array;
  tail: Uint32Array;
  head: Uint32Array;
  forward: Float64Array;
  backward: Float64Array;
}

/** The edges of all levels side by side, with a note of which directions earlier levels made unbreakable. */
class EdgePool {
  readonly #levels: Level[];
  readonly #start: number[] = [0];
  readonly #boundForward: Uint8Array;
  readonly #boundBackward: Uint8Array;

  constructor(levels: Level[]) {
    this.#levels = levels;
    for (const level of levels) this.#start.push(this.#start.at(-1)! + level.tail.length);
    this.#boundForward = new Uint8Array(this.#start.at(-1)!);
    this.#boundBackward = new Uint8Array(this.#start.at(-1)!);
  }

  /** The edges that count at level `k`: its own, and those an earlier level bound. */
  select(k: number): Selection {
    const last = this.#start[k + 1]!;
    let count = 0;
    for (let e = 0; e < last; e++) if (this.#counts(e, k)) count++;
    const chosen: Selection = {
      index: new Uint32Array(count),
      tail: new Uint32Array(count),
      head: new Uint32Array(count),
      forward: new Float64Array(count),
      backward: new Float64Array(count),
    };
    let at = 0;
    this.#levels.slice(0, k + 1).forEach((level, j) => {
      for (let e = 0; e < level.tail.length; e++) {
        const global = this.#start[j]! + e;
        if (!this.#counts(global, k)) continue;
        chosen.index[at] = global;
        chosen.tail[at] = level.tail[e]!;
        chosen.head[at] = level.head[e]!;
        chosen.forward[at] = this.#boundForward[global] === 1 ? Infinity : j === k ? level.forward[e]! : 0;
        chosen.backward[at] = this.#boundBackward[global] === 1 ? Infinity : j === k ? level.backward[e]! : 0;
        at++;
      }
    });
    return chosen;
  }

  #counts(edge: number, k: number): boolean {
    return edge >= this.#start[k]! || this.#boundForward[edge] === 1 || this.#boundBackward[edge] === 1;
  }

  /** Every direction with capacity left over binds all later levels. */
  bind(edges: Selection, net: Float64Array): void {
    for (let at = 0; at < net.length; at++) {
      if (net[at]! < edges.forward[at]!) this.#boundForward[edges.index[at]!] = 1;
      if (-net[at]! < edges.backward[at]!) this.#boundBackward[edges.index[at]!] = 1;
    }
  }

  /** Separates flow within the level's own capacities from flow that needed an unbreakable arc. */
  split(k: number, edges: Selection, flow: Float64Array): Pick<LevelFlow, 'net' | 'implied'> {
    const level = this.#levels[k]!;
    const net = new Float64Array(level.tail.length);
    const implied: LevelFlow['implied'] = {tail: [], head: [], flow: []};
    for (let at = 0; at < flow.length; at++) {
      const own = edges.index[at]! - this.#start[k]!;
      let rest = flow[at]!;
      if (own >= 0) {
        const within = Math.max(-level.backward[own]!, Math.min(level.forward[own]!, rest));
        net[own] = within;
        rest -= within;
      }
      if (rest === 0) continue;
      implied.tail.push(rest > 0 ? edges.tail[at]! : edges.head[at]!);
      implied.head.push(rest > 0 ? edges.head[at]! : edges.tail[at]!);
      implied.flow.push(Math.abs(rest));
    }
    return {net, implied};
  }
}

function isZero(level: Level): boolean {
  const zero = (value: number): boolean => value === 0;
  return level.unary.every(zero) && level.forward.every(zero) && level.backward.every(zero);
}

function zeroFlow(units: number, level: Level): LevelFlow {
  return {
    flow: 0,
    source: new Float64Array(units),
    sink: new Float64Array(units),
    net: new Float64Array(level.tail.length),
    implied: {tail: [], head: [], flow: []},
  };
}
