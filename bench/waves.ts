/**
 * Waves of moves on a synthetic estate: everything stands in public, what the two-class optimum wants dedicated moves, at
 * most 500 workloads per wave. Prints the traffic between sites summed over the waves and its peak, beside the same moves
 * application by application, greedily (always the workload next that adds least traffic) and by lot; how far the sum is
 * above the proven bound; CPU time and the ratio to JSON.parse of the flows. Run: `node bench/waves.ts [SEED] [SIZES] [MOST]
 * [exit]`; with `exit` everything moves, so that nothing stays to order the moves by and the bound is nothing.
 */
import {maxFlow, SINK} from '../src/graph/max-flow.ts';
import type {Dependency, Workload} from '../src/model/estate.ts';
import {emptyFacts} from '../src/model/facts.ts';
import type {Decision} from '../src/model/plan.ts';
import {DEFAULT_WAVES} from '../src/model/waves.ts';
import {byApplication, drawn} from '../src/placement/waves/baselines.ts';
import {calendar} from '../src/placement/waves/calendar.ts';
import {formGroups} from '../src/placement/waves/groups.ts';
import {interimTraffic, totalsOf} from '../src/placement/waves/interim.ts';
import {moveOrder} from '../src/placement/waves/move-order.ts';
import {movesOf} from '../src/placement/waves/moves.ts';
import {planWaves} from '../src/placement/waves/plan-waves.ts';
import {schedule} from '../src/placement/waves/schedule.ts';
import {stagesOf} from '../src/placement/waves/stages.ts';
import {trafficModel} from '../src/placement/waves/traffic-model.ts';
import {estateApplications, estateNetwork} from './min-cut-estate.ts';

const seed = Number(process.argv[2] ?? 1);
const sizes = (process.argv[3] ?? '1000,10000,100000').split(',').map(Number);
const most = Number(process.argv[4] ?? 500);
const exit = process.argv[5] === 'exit';
const settings = {...DEFAULT_WAVES, size: most};

console.log('workloads | moves | nested sets | order | waves | GiB·waves | peak GiB');
for (const n of sizes) one(n);

function one(n: number): void {
  const {estate, decisions} = movingEstate(n);
  const text = JSON.stringify(estate.dependencies);
  const [parse] = timed(() => JSON.parse(text) as unknown);
  const [seconds, {value: plan}] = timed(() =>
    planWaves({estate, sites: [], decisions, settings, rootName: (id) => id}),
  );
  const moves = movesOf(estate, decisions, settings.unknownGib);
  const formed = formGroups(estate, moves, most);
  const order = stagesOf(estate.workloads, moves, formed, settings);
  const model = trafficModel(moves, formed);
  const rules = {
    size: model.size,
    most,
    order,
    calendar: calendar(settings),
    frozen: formed.groups.map(() => []),
  };
  const head = `${n.toExponential(0)} | ${moves.movers.length} | ${plan!.proof?.size.length ?? '–'}`;
  const say = (name: string, {waves, sum, peak}: {waves: number; sum: number; peak: number}): void =>
    console.log([head, name, waves, Math.round(sum), Math.round(peak)].join(' | '));
  const total = (sequence: number[]) => {
    const made = schedule(sequence, rules);
    const waveOf = Uint32Array.from(formed.groupOf, (g) => made.waveOf[g]!);
    return totalsOf(interimTraffic(moves, waveOf, made.waves), moves.traffic.unitsPerGib);
  };
  say('ours', plan!.totals);
  say('nested sets alone', total(moveOrder(model, order, {most, work: Infinity}).order));
  say('app by app', total(byApplication(estate.workloads, moves, formed)));
  // Without any cut there is one block, and within it the order is greedy.
  say('greedy', total(moveOrder(model, order, {most: Infinity, work: 0}).order));
  say('random', total(drawn(formed.groups.length, 1)));
  const between = plan!.waves.slice(0, -1);
  const least = between.reduce((sum, wave) => sum + (wave.least ?? 0), 0);
  const above = least > 0 ? `${((100 * (plan!.totals.sum - least)) / least).toFixed(2)} % above` : 'without';
  console.log(
    `  ours is ${above} the proven bound; ${seconds.toFixed(2)} CPU s, ${(seconds / parse).toFixed(1)} × JSON.parse of the flows`,
  );
}

/** Everything stands in public; traffic in GiB, a thousandth of the weight. */
function movingEstate(n: number) {
  const network = estateNetwork(n, seed);
  const {side} = maxFlow(network);
  const applicationOf = estateApplications(n, seed);
  const moves = (i: number): boolean => exit || side[i] === SINK;
  const width = String(n).length;
  const id = (i: number): string => `w${String(i).padStart(width, '0')}`;
  const workloads = Array.from(
    {length: n},
    (_, i) =>
      ({
        id: id(i),
        name: id(i),
        application: `a${applicationOf[i]}`,
        tags: {},
        storageMiB: null,
      }) as unknown as Workload,
  );
  const dependencies = Array.from(network.tail, (tail, e): Dependency => ({
    from: id(Math.min(tail, network.head[e]!)),
    to: id(Math.max(tail, network.head[e]!)),
    kind: 'data-flow',
    gibPerMonth: network.forward[e]! / 1000,
    maxLatencyMs: null,
    place: {},
  }));
  const decisions = workloads.map(
    (workload, i) =>
      ({
        workload: workload.id,
        name: workload.name,
        current: 'public',
        recommended: moves(i) ? 'dedicated' : 'public',
        move: moves(i),
        dataGaps: [],
        gainsNothing: null,
      }) as unknown as Decision,
  );
  const estate = {...emptyFacts(), workloads, dependencies, sources: [], ledger: [], applications: []};
  return {estate, decisions};
}

/** CPU seconds of this process. */
function timed<T>(work: () => T): [number, T] {
  const before = process.cpuUsage();
  const value = work();
  const {user, system} = process.cpuUsage(before);
  return [(user + system) / 1e6, value];
}
