import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {maxFlow} from '../../../src/graph/max-flow.ts';
import type {FlowNetwork} from '../../../src/graph/residual-network.ts';

const network = fc
  .integer({min: 1, max: 9})
  .chain((nodes) =>
    fc.record({
      nodes: fc.constant(nodes),
      source: fc.array(fc.nat(20), {minLength: nodes, maxLength: nodes}),
      sink: fc.array(fc.nat(20), {minLength: nodes, maxLength: nodes}),
      edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.nat(12), fc.nat(12)), {
        maxLength: 30,
      }),
    }),
  )
  .map(({nodes, source, sink, edges}) =>
    build(
      nodes,
      source,
      sink,
      edges.filter(([u, v]) => u !== v),
    ),
  );

function build(
  nodes: number,
  source: number[],
  sink: number[],
  edges: [number, number, number, number][],
): FlowNetwork {
  return {
    nodes,
    source: Float64Array.from(source),
    sink: Float64Array.from(sink),
    tail: Uint32Array.from(edges, (e) => e[0]),
    head: Uint32Array.from(edges, (e) => e[1]),
    forward: Float64Array.from(edges, (e) => e[2]),
    backward: Float64Array.from(edges, (e) => e[3]),
  };
}

/** Capacity of the cut whose source side are the nodes with a set bit. */
function cut(net: FlowNetwork, bits: number): number {
  let sum = 0;
  for (let i = 0; i < net.nodes; i++) sum += (bits >> i) & 1 ? net.sink[i]! : net.source[i]!;
  for (let e = 0; e < net.tail.length; e++) {
    const u = (bits >> net.tail[e]!) & 1;
    const v = (bits >> net.head[e]!) & 1;
    if (u > v) sum += net.forward[e]!;
    if (v > u) sum += net.backward[e]!;
  }
  return sum;
}

describe('maxFlow', () => {
  it('is a feasible flow that equals the smallest of all cuts, and knows which nodes every optimum shares', () => {
    fc.assert(
      fc.property(network, (net) => {
        const result = maxFlow(net);
        const balance = Float64Array.from(result.source, (f, i) => f - result.sink[i]!);
        for (let e = 0; e < net.tail.length; e++) {
          const f = result.net[e]!;
          expect(f).toBeLessThanOrEqual(net.forward[e]!);
          expect(-f).toBeLessThanOrEqual(net.backward[e]!);
          balance[net.tail[e]!]! -= f;
          balance[net.head[e]!]! += f;
        }
        expect(balance.every((b) => b === 0)).toBe(true);
        result.source.forEach((f, i) => expect(f <= net.source[i]! && f >= 0).toBe(true));
        result.sink.forEach((f, i) => expect(f <= net.sink[i]! && f >= 0).toBe(true));
        const cuts = Array.from({length: 1 << net.nodes}, (_, bits) => cut(net, bits));
        const least = Math.min(...cuts);
        expect(result.flow).toBe(least);
        let always = (1 << net.nodes) - 1;
        let ever = 0;
        cuts.forEach((value, bits) => {
          if (value !== least) return;
          always &= bits;
          ever |= bits;
        });
        for (let i = 0; i < net.nodes; i++) {
          expect(result.side[i]).toBe((always >> i) & 1 ? 1 : (ever >> i) & 1 ? 0 : 2);
        }
      }),
      {numRuns: 1000},
    );
  });

  it('never cuts infinite capacity', () => {
    const net = build(
      3,
      [0, 5, 0],
      [0, 0, 4],
      [
        [0, 1, Infinity, 0],
        [1, 2, 3, 0],
        [2, 0, 1, Infinity],
      ],
    );
    net.source[0] = Infinity;
    const result = maxFlow(net);
    expect(result.flow).toBe(4);
    expect([...result.side]).toEqual([1, 1, 1]);
  });
});
