import type {Finding, Outcome} from '../../model/common.ts';
import type {Estate} from '../../model/estate.ts';
import type {Decision} from '../../model/plan.ts';
import type {Site} from '../../model/site.ts';
import type {WavePlan, WaveSettings, WaveTotals} from '../../model/waves.ts';
import {byApplication, drawn} from './baselines.ts';
import {calendar, holdsFor} from './calendar.ts';
import {describeWaves} from './describe.ts';
import {withCohesion} from './cohesion.ts';
import {formGroups} from './groups.ts';
import {improve, sumOf} from './improve.ts';
import {crossTraffic, interimTraffic, totalsOf} from './interim.ts';
import {leastAdded, waveProof} from './least.ts';
import {moveOrder} from './move-order.ts';
import {movesOf} from './moves.ts';
import {type Rules, type Schedule, schedule} from './schedule.ts';
import {stagesOf} from './stages.ts';
import {statement} from './statement.ts';
import {trafficModel} from './traffic-model.ts';
import {waveFindings} from './wave-findings.ts';

/** What the waves are planned from. */
export interface WaveInput {
  estate: Estate;
  sites: Site[];
  decisions: Decision[];
  settings: WaveSettings;
  /** Name of an identity root for people. */
  rootName: (id: string) => string;
  /** Nodes and edges handed to minimum cuts, and looks at a group while improving. Default: {@link WORK}. */
  work?: {cuts: number; steps: number};
}

/** Enough for some ten thousand moves in a few seconds; more get waves, too, but without a proof. */
const WORK = {cuts: 30_000_000, steps: 20_000_000};

const SEED = 1;

/**
 * The moves of a plan in waves: nested sets of least traffic between sites give the order, the calendar and the order of
 * environments decide what may go when, single steps then lower what is left. Null when nothing moves.
 */
export function planWaves(input: WaveInput): Outcome<WavePlan | null> {
  const {estate, sites, decisions, settings, rootName, work = WORK} = input;
  if (!decisions.some(({move}) => move)) return {value: null, findings: []};
  const moves = movesOf(estate, decisions, settings.unknownGib);
  const formed = formGroups(estate, moves, settings.size);
  const {groups, groupOf} = formed;
  const order = stagesOf(estate.workloads, moves, formed, settings);
  const model = trafficModel(moves, formed);
  const guide = withCohesion(model, estate.workloads, moves, formed);
  const frozen = frozenMovers(estate, moves.movers, settings);
  const frozenOf = groups.map(() => new Set<number>());
  for (const {mover, freeze} of frozen) frozenOf[groupOf[mover]!]!.add(freeze);
  const rules: Rules = {
    size: model.size,
    most: settings.size,
    order,
    calendar: calendar(settings),
    frozen: frozenOf.map((windows) => [...windows]),
  };
  const {
    order: sequence,
    nested,
    f,
  } = moveOrder(model, order, {
    most: settings.size,
    work: moves.exact ? work.cuts : 0,
    guide,
  });
  const perMover = (waveOf: Uint32Array): Uint32Array => Uint32Array.from(groupOf, (g) => waveOf[g]!);
  const {unitsPerGib} = moves.traffic;
  const totals = ({waveOf, waves}: Schedule): WaveTotals =>
    totalsOf(interimTraffic(moves, perMover(waveOf), waves), unitsPerGib);

  const apps = schedule(byApplication(estate.workloads, moves, formed), rules);
  const random = schedule(drawn(groups.length, SEED), rules);
  const candidates = [schedule(sequence, rules), apps].map((from) => improve(guide, from, rules, work.steps));
  const best = candidates.toSorted(
    (a, b) => a.waves - b.waves || sumOf(guide, a) - sumOf(guide, b) || totals(a).peak - totals(b).peak,
  )[0]!;

  const waveOf = perMover(best.waveOf);
  const interim = interimTraffic(moves, waveOf, best.waves);
  const proof = waveProof(nested, f, order.stages);
  const prices = pricesOf(sites, decisions);
  const waves = describeWaves({
    estate,
    decisions,
    settings,
    moves,
    schedule: best,
    waveOf,
    interim,
    calendar: rules.calendar,
    prices,
    rootName,
    least: (moved) => (proof === null ? null : model.today + leastAdded(nested, moved)),
  });
  const plan: Omit<WavePlan, 'statement'> = {
    settings,
    waves,
    today: crossTraffic(interim, 0, unitsPerGib),
    final: crossTraffic(interim, best.waves, unitsPerGib),
    totals: totalsOf(interim, unitsPerGib),
    baselines: (
      [
        ['app-by-app', apps],
        ['random', random],
      ] as const
    ).map(([name, made]) => ({name, ...totals(made), waveOf: Array.from(perMover(made.waveOf))})),
    movers: Array.from(moves.movers),
    environment: order.environment,
    storageMiB: Array.from(moves.movers, (w) => estate.workloads[w]!.storageMiB),
    frozen,
    groups,
    unordered: order.unordered,
    parted: formed.parted.map((members) => ({
      workloads: members.length,
      example: decisions[moves.movers[members[0]!]!]!.name,
    })),
    prices,
    traffic: moves.traffic,
    proof,
  };
  const findings: Finding[] = waveFindings(plan, input);
  return {value: {...plan, statement: statement(plan)}, findings};
}

/** Movers that a window of their own keeps from moving on some days. Without a start there are no days. */
function frozenMovers(
  {workloads}: Estate,
  movers: Uint32Array,
  {freeze, start}: WaveSettings,
): WavePlan['frozen'] {
  if (start === null) return [];
  return Array.from(movers).flatMap((w, mover) =>
    freeze.flatMap((window, k) => (holdsFor(window, workloads[w]!) ? [{mover, freeze: k}] : [])),
  );
}

/** Prices of moving out, of the sites something leaves. */
function pricesOf(sites: Site[], decisions: Decision[]): WavePlan['prices'] {
  const left = new Set(decisions.flatMap(({move, current}) => (move ? [current] : [])));
  return sites.flatMap(({id, cost}) => {
    const perGib = cost?.migrationEgressPerGiB ?? null;
    return cost && perGib !== null && left.has(id) ? [{site: id, currency: cost.currency, perGib}] : [];
  });
}
