import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {DEFAULT_WAVES, type WavePlan} from '../../../../src/model/waves.ts';
import {planWaves} from '../../../../src/placement/waves/plan-waves.ts';
import {type MovingSketch, problemsOf, trafficAt, waveInput, wavesOf} from './moving-estate.ts';
import {movingSketches} from './random-moves.ts';

const moving = ({movers}: MovingSketch): string[] =>
  Object.keys(movers)
    .sort()
    .filter((name) => movers[name]!.from !== movers[name]!.to);

const waveOf = (plan: WavePlan): Map<string, number> =>
  new Map(plan.waves.flatMap(({number, workloads}) => workloads.map((id) => [id, number] as const)));

const ENVIRONMENTS = [['dev'], ['test'], ['stage'], ['prod']].flat();
const environment = (sketch: MovingSketch, name: string): number => {
  const words = (sketch.movers[name]!.env ?? '').toLowerCase().split('-');
  const found = ENVIRONMENTS.findIndex((word) => words.includes(word));
  return found === -1 ? ENVIRONMENTS.length - 1 : found;
};

/** Runs the property on random estates in which something moves. */
function always(check: (sketch: MovingSketch, plan: WavePlan) => void, numRuns = 500): void {
  fc.assert(
    fc.property(movingSketches, (sketch) => {
      fc.pre(moving(sketch).length > 0);
      check(sketch, wavesOf(sketch));
    }),
    {numRuns},
  );
}

describe('waves of a random estate', () => {
  it('hold every move once, no more than their size unless they cannot be parted, and are accepted by the verifier', () => {
    always((sketch, plan) => {
      expect(plan.waves.flatMap(({workloads}) => workloads).sort()).toEqual(moving(sketch));
      for (const {workloads} of plan.waves.filter((wave) => wave.workloads.length > sketch.settings!.size!)) {
        const ids = new Set(workloads);
        const bonds = sketch.flows!.filter(([from, to, kind]) => kind === 'must-together' && from !== to);
        // Over-full: connected by must-together alone, be it through workloads that stay.
        const linked = new Set([workloads[0]!]);
        for (let grown = true; grown;) {
          grown = false;
          for (const [from, to] of bonds) {
            if (linked.has(from) === linked.has(to)) continue;
            linked.add(from).add(to);
            grown = true;
          }
        }
        expect([...ids].filter((id) => !linked.has(id))).toEqual([]);
      }
      expect(problemsOf(plan, waveInput(sketch))).toEqual([]);
    });
  });

  it('keep together what must stay together, and what uses each other as far as a wave holds it', () => {
    always((sketch, plan) => {
      const wave = waveOf(plan);
      const split = sketch.flows!.filter(
        ([from, to, kind]) =>
          kind === 'must-together' && wave.has(from) && wave.has(to) && wave.get(from) !== wave.get(to),
      );
      expect(split).toEqual([]);
      const uses = (from: string, to: string): boolean =>
        sketch.flows!.some(
          ([a, b, kind]) => a === from && b === to && (kind === 'data-flow' || kind === 'trust'),
        );
      const parted = new Set(plan.parted.map(({workloads}) => workloads > sketch.settings!.size!));
      const mutual = moving(sketch).flatMap((from) =>
        moving(sketch).filter(
          (to) => from < to && uses(from, to) && uses(to, from) && wave.get(from) !== wave.get(to),
        ),
      );
      expect(mutual.length === 0 || parted.has(true)).toBe(true);
      expect(parted.has(false)).toBe(false);
    });
  });

  it('never move a later environment of an application with or before an earlier one, unless groups wait for each other', () => {
    always((sketch, plan) => {
      const wave = waveOf(plan);
      const names = moving(sketch);
      const groupOf = new Map(
        plan.groups.flatMap((members, g) => members.map((m) => [names[m]!, g] as const)),
      );
      const wrong = names.flatMap((early) =>
        names.filter(
          (late) =>
            sketch.movers[early]!.app !== undefined &&
            sketch.movers[early]!.app === sketch.movers[late]!.app &&
            environment(sketch, early) < environment(sketch, late) &&
            wave.get(early)! >= wave.get(late)! &&
            groupOf.get(early) !== groupOf.get(late) &&
            !plan.unordered.some(
              ({before, after}) => before === groupOf.get(early) && after === groupOf.get(late),
            ),
        ),
      );
      expect(wrong).toEqual([]);
      // Only groups that hold something else as well can wait for each other.
      expect(
        plan.unordered.every(
          ({before, after}) => plan.groups[before]!.length + plan.groups[after]!.length > 2,
        ),
      ).toBe(true);
    });
  });

  it('state the traffic flow by flow, and a least that no other choice of as many is below', () => {
    always((sketch, plan) => {
      const wave = waveOf(plan);
      const names = moving(sketch);
      plan.waves.forEach(({number, weighed}) => {
        expect(weighed).toBeCloseTo(
          trafficAt(sketch, (name) => (wave.get(name) ?? Infinity) <= number),
          6,
        );
      });
      // Every union of groups that holds the earlier environments of what it holds.
      const after = plan.groups.map((members, g) =>
        plan.groups.flatMap((others, h) => {
          const waits = members.some((m) =>
            others.some(
              (o) =>
                sketch.movers[names[m]!]!.app !== undefined &&
                sketch.movers[names[m]!]!.app === sketch.movers[names[o]!]!.app &&
                environment(sketch, names[o]!) < environment(sketch, names[m]!),
            ),
          );
          return g !== h && waits && !plan.unordered.some((pair) => pair.before === h && pair.after === g)
            ? [h]
            : [];
        }),
      );
      const least = new Map<number, number>();
      for (let set = 0; set < 1 << plan.groups.length; set++) {
        const has = (g: number): boolean => (set & (1 << g)) !== 0;
        if (after.some((earlier, g) => has(g) && !earlier.every(has))) continue;
        const moved = new Set(
          plan.groups.flatMap((members, g) => (has(g) ? members.map((m) => names[m]!) : [])),
        );
        const traffic = trafficAt(sketch, (name) => moved.has(name));
        least.set(moved.size, Math.min(least.get(moved.size) ?? Infinity, traffic));
      }
      let moved = 0;
      for (const {workloads, least: claimed} of plan.waves) {
        moved += workloads.length;
        // Bounds are whole units of a thousandth of a GiB.
        expect(claimed!).toBeLessThanOrEqual(least.get(moved)! + 0.001);
      }
    }, 300);
  });

  it('move nothing on a day on which it is frozen, and come in time', () => {
    always((sketch, plan) => {
      const {start = null, everyDays = 14, freeze = []} = sketch.settings!;
      expect(plan.waves.every(({date}) => (date === null) === (start === null))).toBe(true);
      for (const {date, workloads} of plan.waves) {
        const held = freeze.filter(({from, to}) => date !== null && date >= from && date <= to);
        expect(held.filter(({match}) => match === null)).toEqual([]);
        const frozen = workloads.filter((name) =>
          held.some(
            ({match}) =>
              match?.application === sketch.movers[name]!.app?.toLowerCase() ||
              (match?.tag !== null && sketch.movers[name]!.env?.toLowerCase() === 'prod'),
          ),
        );
        expect(frozen).toEqual([]);
      }
      const days = plan.waves.flatMap(({date}) => (date === null ? [] : [Date.parse(date) / 86_400_000]));
      expect(days.every((day, k) => k === 0 || day - days[k - 1]! >= everyDays)).toBe(true);
    });
  });

  it('are never worse than application by application in as many waves', () => {
    always((_, {totals, baselines}) => {
      const app = baselines.find(({name}) => name === 'app-by-app')!;
      expect(totals.waves).toBeLessThanOrEqual(app.waves);
      expect(totals.waves < app.waves || totals.sum <= app.sum).toBe(true);
    });
  });

  it('do not depend on the order in which dependencies are given', () => {
    always((sketch, plan) => {
      const turned = wavesOf({...sketch, flows: sketch.flows!.toReversed()});
      expect(JSON.stringify(turned)).toBe(JSON.stringify(plan));
    }, 200);
  });
});

/** Two applications of four, chatty inside, and one flow between them. */
const TWO: MovingSketch = {
  movers: Object.fromEntries(
    ['a1', 'b1', 'a2', 'b2', 'a3', 'b3', 'a4', 'b4'].map((name) => [
      name,
      {from: 'old', to: 'new', storageMiB: 2048},
    ]),
  ),
  flows: ['a', 'b'].flatMap((x) => [
    [`${x}1`, `${x}2`, 'data-flow', 100],
    [`${x}2`, `${x}3`, 'data-flow', 100],
    [`${x}3`, `${x}4`, 'data-flow', 100],
    ['a4', 'b1', 'data-flow', 1],
  ]),
  settings: {size: 4},
};

describe('waves', () => {
  it('cut where least flows', () => {
    const {waves, totals, baselines, today, final} = wavesOf(TWO);
    expect(waves.map(({workloads}) => workloads.join(' '))).toEqual(['a1 a2 a3 a4', 'b1 b2 b3 b4']);
    expect([today.gib, waves[0]!.weighed, final.gib]).toEqual([0, 2, 0]);
    expect(totals).toEqual({waves: 2, sum: 2, peak: 2});
    expect(baselines.find(({name}) => name === 'random')!.sum).toBeGreaterThan(2);
  });

  it('begin with what has its partners at the target, and prove that nothing else has less traffic', () => {
    const {waves, statement, today, final} = wavesOf({
      ...TWO,
      movers: {...TWO.movers, stays: {from: 'old', to: 'old'}, there: {from: 'new', to: 'new'}},
      flows: [...TWO.flows!, ['a1', 'stays', 'data-flow', 10], ['b2', 'there', 'data-flow', 10]],
    });
    expect(waves.map(({workloads}) => workloads.join(' '))).toEqual(['b1 b2 b3 b4', 'a1 a2 a3 a4']);
    expect([today.gib, waves[0]!.weighed, waves[0]!.least, final.gib]).toEqual([10, 2, 2, 10]);
    expect(statement).toContain('1 of 1 states in between are proven');
  });

  it('keep applications together where traffic does not care', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const {waves} = wavesOf({
      movers: Object.fromEntries(
        names.map((name, k) => [name, {from: 'old', to: 'new', app: k % 2 === 0 ? 'even' : 'odd'}]),
      ),
      settings: {size: 3},
    });
    expect(waves.map(({workloads}) => workloads.join(' ')).sort()).toEqual(['a c e', 'b d f']);
  });

  it('split what a wave cannot hold where least flows, and do not call that the least', () => {
    const {waves} = wavesOf({...TWO, settings: {size: 3}});
    expect(waves.map(({workloads}) => workloads.length)).toEqual([3, 3, 2]);
    expect(waves[0]!.weighed).toBeGreaterThan(waves[0]!.least!);
    expect(waves[1]!.weighed).toBeGreaterThanOrEqual(waves[1]!.least!);
  });

  it('count a flow of unknown traffic with its stated weight, as a gap, and keep its ends together', () => {
    const sketch: MovingSketch = {
      movers: {
        a: {from: 'old', to: 'new'},
        b: {from: 'old', to: 'new'},
        c: {from: 'old', to: 'new'},
        d: {from: 'old', to: 'new'},
      },
      flows: [
        ['a', 'd', 'data-flow', null],
        ['b', 'c', 'data-flow', 3],
        ['a', 'b', 'data-flow', 5],
      ],
      settings: {size: 2},
    };
    const {waves} = wavesOf(sketch);
    expect(waves.map(({workloads}) => workloads.join(' ')).sort()).toEqual(['a d', 'b c']);
    expect(waves.flatMap(({needs}) => needs)).toMatchObject([{kind: 'data-gap', workloads: 2}]);
    expect(waves[0]!.after).toEqual({gib: 5, unknownFlows: 0});
    const other = wavesOf({...sketch, settings: {size: 2, unknownGib: 1}});
    expect(other.waves.map(({workloads}) => workloads.join(' ')).sort()).toEqual(['a b', 'c d']);
    expect(other.waves[0]!.after).toEqual({gib: 3, unknownFlows: 1});
    expect(other.waves[0]!.weighed).toBe(4);
  });

  it('count what meets on the way: one goes where the other one still is', () => {
    const sketch: MovingSketch = {
      movers: {a: {from: 'x', to: 'y'}, b: {from: 'y', to: 'z'}},
      flows: [['a', 'b', 'data-flow', 7]],
      settings: {size: 1},
    };
    const {waves, today, final} = wavesOf(sketch);
    expect([today.gib, waves[0]!.weighed, final.gib]).toEqual([7, 0, 7]);
    expect(waves[0]!.workloads).toEqual(['a']);
    expect(waves[0]!.least).toBe(0);
  });

  it('put development before production, and wait where one of them is frozen', () => {
    const sketch: MovingSketch = {
      movers: {
        p: {from: 'old', to: 'new', app: 'shop', env: 'prod'},
        d: {from: 'old', to: 'new', app: 'shop', env: 'dev'},
        t: {from: 'old', to: 'new', app: 'shop'},
      },
      settings: {
        start: '2027-01-04',
        everyDays: 7,
        freeze: [
          {from: '2027-01-01', to: '2027-01-06', reason: 'new year', match: null},
          {from: '2027-01-10', to: '2027-02-01', reason: 'sale', match: {application: 'Shop', tag: null}},
        ],
      },
    };
    const {waves} = wavesOf(sketch);
    expect(waves.map(({date, workloads}) => [date, workloads])).toEqual([
      ['2027-01-07', ['d']],
      ['2027-02-02', ['p', 't']],
    ]);
  });

  it('tell before each wave which root to cut, which exception it leans on, what is unknown and what copying costs', () => {
    const exception = {id: 'EX-1', owner: 'Ada', expiresOn: '2027-01-10', category: 'waiver' as const};
    const sketch: MovingSketch = {
      movers: {a: {from: 'old', to: 'new', storageMiB: 10_240}, b: {from: 'old', to: 'new'}},
      sites: [{id: 'old', cost: {currency: 'EUR', migrationEgressPerGiB: 0.05} as never}],
      settings: {start: '2027-02-01'},
      decisions: {
        a: {
          gainsNothing: {cutFirst: 'ad', gainAfterCut: 5, site: 'new'},
          excepted: [{site: 'new', by: 'R1', outcome: 'fail', text: '', exception}],
        },
        b: {dataGaps: [{field: 'site.x', owner: 'Bo', remedy: 'State x.'}]},
      },
    };
    const {value, findings} = planWaves(waveInput(sketch));
    const [wave] = value!.waves;
    expect(wave!.needs.map(({kind, owner, workloads}) => [kind, owner, workloads])).toEqual([
      ['root-cut', null, 1],
      ['exception', 'Ada', 1],
      ['data-gap', 'Bo', 1],
    ]);
    expect(wave!.needs[0]!.text).toContain('Cut AD from new');
    expect(wave!.copy).toEqual({gib: 10, unknown: 1});
    expect(wave!.egress).toEqual({amounts: [{currency: 'EUR', minor: 50}], unknown: 1});
    expect(findings.map(({code}) => code)).toEqual(['BH-WAVE-007']);
  });

  it('say what they could not keep to', () => {
    const all = (names: string[]): MovingSketch['movers'] =>
      Object.fromEntries(names.map((name) => [name, {from: 'old', to: 'new'}]));
    const ring = ['a', 'b', 'c', 'd'];
    const {value, findings} = planWaves(
      waveInput({
        movers: all([...ring, 'e', 'f', 'g']),
        flows: [
          ...ring.map((name, k): [string, string, 'data-flow', number] => [
            name,
            ring[(k + 1) % 4]!,
            'data-flow',
            1,
          ]),
          ['e', 'f', 'must-together', null],
          ['f', 'g', 'must-together', null],
        ],
        settings: {
          size: 2,
          freeze: [
            {from: '2027-01-01', to: '2027-01-02', reason: null, match: {application: 'nobody', tag: null}},
          ],
        },
      }),
    );
    expect(findings.map(({code}) => code).sort()).toEqual([
      'BH-WAVE-001',
      'BH-WAVE-002',
      'BH-WAVE-004',
      'BH-WAVE-005',
    ]);
    expect(value!.waves.filter(({oversize}) => oversize).map(({workloads}) => workloads)).toEqual([
      ['e', 'f', 'g'],
    ]);
  });

  it('are none when nothing moves, and stand without a proof when the work runs out', () => {
    expect(planWaves(waveInput({movers: {a: {from: 'x', to: 'x'}}})).value).toBeNull();
    const input = waveInput(TWO);
    const {value, findings} = planWaves({...input, work: {cuts: 0, steps: 0}});
    expect(value!.proof).toBeNull();
    expect(value!.waves.map(({least}) => least)).toEqual([null, null]);
    expect(findings.map(({code}) => code)).toEqual(['BH-WAVE-008']);
    expect(problemsOf(value, input)).toEqual([]);
    expect(DEFAULT_WAVES.size).toBe(50);
  });
});
