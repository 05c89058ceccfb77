import type {Dependency, Estate, Workload} from '../../../../src/model/estate.ts';
import {emptyFacts} from '../../../../src/model/facts.ts';
import type {Decision} from '../../../../src/model/plan.ts';
import type {Site} from '../../../../src/model/site.ts';
import {DEFAULT_WAVES, type WavePlan, type WaveSettings} from '../../../../src/model/waves.ts';
import {planWaves, type WaveInput} from '../../../../src/placement/waves/plan-waves.ts';
import {checkWaves} from '../../../../src/placement/verify/waves.ts';
import type {Checkable} from '../../../../src/placement/verify/shape.ts';

/** Site today → site planned; equal = it stays. */
export interface Mover {
  from: string | null;
  to: string;
  app?: string;
  env?: string;
  storageMiB?: number;
}

export type Flow = [from: string, to: string, kind: Dependency['kind'], gib: number | null];

export interface MovingSketch {
  movers: Record<string, Mover>;
  flows?: Flow[];
  settings?: Partial<WaveSettings>;
  sites?: Partial<Site>[];
  decisions?: Record<string, Partial<Decision>>;
}

/** Workloads with the decisions somebody took about them. */
export function waveInput({
  movers,
  flows = [],
  settings,
  sites = [],
  decisions = {},
}: MovingSketch): WaveInput {
  const names = Object.keys(movers).sort();
  const workloads = names.map((name) => {
    const {app, env, storageMiB} = movers[name]!;
    return {
      id: name,
      name,
      application: app ?? null,
      tags: env === undefined ? {} : {Environment: env},
      storageMiB: storageMiB ?? null,
    } as unknown as Workload;
  });
  const estate: Estate = {
    ...emptyFacts(),
    workloads,
    dependencies: flows.map(([from, to, kind, gibPerMonth]) => ({
      from,
      to,
      kind,
      gibPerMonth,
      maxLatencyMs: null,
      place: {},
    })),
    sources: [],
    ledger: [],
    applications: [],
  };
  return {
    estate,
    sites: sites as Site[],
    decisions: names.map((name) => {
      const {from, to, app} = movers[name]!;
      return {
        workload: name,
        name,
        application: app ?? null,
        current: from,
        recommended: to,
        move: from !== to,
        dataGaps: [],
        gainsNothing: null,
        ...decisions[name],
      } as unknown as Decision;
    }),
    settings: {...DEFAULT_WAVES, ...settings},
    rootName: (id) => id.toUpperCase(),
  };
}

export function wavesOf(sketch: MovingSketch): WavePlan {
  return planWaves(waveInput(sketch)).value!;
}

/** What the verifier says of waves, with units as given. */
export function problemsOf(
  waves: unknown,
  {decisions}: Pick<WaveInput, 'decisions'>,
  unitMembers: string[][] = [],
): string[] {
  return checkWaves({waves}, {decisions, unitMembers} as unknown as Checkable)!.problems;
}

/** Weighed traffic between sites with these workloads moved, flow by flow. */
export function trafficAt(
  {movers, flows = [], settings}: MovingSketch,
  moved: (name: string) => boolean,
): number {
  const at = (name: string): string | null => (moved(name) ? movers[name]!.to : movers[name]!.from);
  const moves = (name: string): boolean => movers[name]!.from !== movers[name]!.to;
  let sum = 0;
  for (const [from, to, kind, gib] of flows) {
    if ((kind !== 'data-flow' && kind !== 'prefer-together') || from === to) continue;
    if (!moves(from) && !moves(to)) continue;
    if (at(from) !== at(to)) sum += gib ?? settings?.unknownGib ?? DEFAULT_WAVES.unknownGib;
  }
  return sum;
}
