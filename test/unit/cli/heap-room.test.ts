import {describe, expect, it} from 'vitest';
import {roomFor, shortText} from '../../../src/cli/heap-room.ts';

const GB = 1e9;

describe('room on the heap', () => {
  it('is enough for what most estates are, without another start', () => {
    expect(roomFor(0, {limit: 4.3 * GB, total: 16 * GB, stated: false}).verdict).toBe('enough');
    expect(roomFor(0.25 * GB, {limit: 4.3 * GB, total: 16 * GB, stated: false}).verdict).toBe('enough');
  });

  it('is made where the machine has more than the engine would take', () => {
    const memory = {limit: 4.3 * GB, total: 24 * GB, stated: false};
    expect(roomFor(2.4 * GB, memory)).toEqual({verdict: 'raise', to: 18 * GB});
    // Started again with that limit, which is then a stated one, it is not started a third time.
    expect(roomFor(2.4 * GB, {...memory, limit: 18 * GB, stated: true}).verdict).toBe('enough');
  });

  it('is not made against a stated limit', () => {
    const memory = {limit: 2 * GB, total: 24 * GB, stated: true};
    const needed = 16.8 * GB;
    expect(roomFor(2.4 * GB, memory)).toEqual({verdict: 'short', needed});
    expect(shortText(needed, memory)).toMatch(/NODE_OPTIONS=--max-old-space-size=16022 allows/);
  });

  it('is short where the machine is too small, and says what that would take', () => {
    const memory = {limit: 4.3 * GB, total: 6 * GB, stated: false};
    const needed = 16.8 * GB;
    expect(roomFor(2.4 * GB, memory)).toEqual({verdict: 'short', needed});
    expect(shortText(needed, memory)).toBe(
      'inputs of this size may take about 16.8 GB of memory, and this run may take 4.3 GB; this machine has 6.0 GB: take a larger machine, or plan parts of the estate on their own',
    );
  });
});
