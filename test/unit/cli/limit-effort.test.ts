import {describe, expect, it} from 'vitest';
import {limitEffort} from '../../../src/cli/limit-effort.ts';

describe('limitEffort', () => {
  it('reads per cent, with or without the sign', () => {
    expect(limitEffort({'max-gap': '0.05'}).maxGap).toBeCloseTo(0.0005, 12);
    expect(limitEffort({'max-gap': '2 %', 'time-limit': 30})).toEqual({maxGap: 0.02, timeLimit: 30});
    expect(limitEffort({})).toEqual({maxGap: undefined, timeLimit: undefined});
  });

  it.each(['', 'x', '-1', '101', '1e3', '0,5'])('refuses %j', (text) => {
    expect(() => limitEffort({'max-gap': text})).toThrow(/no gap in per cent/);
  });
});
