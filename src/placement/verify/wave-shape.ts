import type {WavePlan} from '../../model/waves.ts';
import {type Check, flag, integer, integers, list, nullable, number, object, text, texts} from './shape.ts';

const cross = object({gib: number, unknownFlows: integer});
const totals = {waves: integer, sum: number, peak: number};

const shape = object({
  settings: object({
    size: integer,
    start: nullable(text),
    everyDays: integer,
    freeze: list(object({from: text, to: text, match: nullable(object({}))})),
    environments: list(texts),
  }),
  waves: list(
    object({
      number: integer,
      date: nullable(text),
      workloads: texts,
      routes: list(object({from: nullable(text), to: text, workloads: integer})),
      copy: object({gib: number, unknown: integer}),
      egress: object({amounts: list(object({currency: text, minor: integer})), unknown: integer}),
      after: cross,
      least: nullable(number),
      weighed: number,
      oversize: flag,
    }),
  ),
  today: cross,
  final: cross,
  totals: object(totals),
  baselines: list(object({...totals, name: text, waveOf: integers})),
  movers: integers,
  environment: integers,
  storageMiB: list(nullable(number)),
  frozen: list(object({mover: integer, freeze: integer})),
  groups: list(integers),
  unordered: list(object({before: integer, after: integer})),
  prices: list(object({site: text, currency: text, perGib: number})),
  traffic: object({
    from: integers,
    to: integers,
    amount: integers,
    unknown: integers,
    unitsPerGib: integer,
    unknownAmount: integer,
  }),
  proof: nullable(
    object({
      stages: list(object({application: text, through: integer})),
      blockOf: integers,
      size: integers,
      value: integers,
      ties: object({tail: integers, head: integers, share: integers}),
      order: object({after: integers, before: integers, push: integers}),
    }),
  ),
}) satisfies Check;

/** Whether the waves have everything their check reads, with all lengths and positions in range. */
export function waveShape(value: unknown, decisions: number): {waves: WavePlan | null; problems: string[]} {
  const problems: string[] = [];
  shape(value, 'waves', problems);
  if (problems.length > 0) return {waves: null, problems};
  const waves = value as WavePlan;
  problems.push(...rangeProblems(waves, decisions));
  return {waves: problems.length > 0 ? null : waves, problems};
}

function rangeProblems(plan: WavePlan, decisions: number): string[] {
  const found: string[] = [];
  const {movers, groups, traffic, proof, settings} = plan;
  const within = (values: number[], below: number, what: string): void => {
    if (values.some((value) => value < 0 || value >= below))
      found.push(`${what} name something that does not exist`);
  };
  const same = (lists: {length: number}[], length: number, what: string): void => {
    if (lists.some((one) => one.length !== length)) found.push(`${what} have different lengths`);
  };
  within(movers, decisions, 'movers');
  same([plan.environment, plan.storageMiB], movers.length, 'movers, environments and sizes');
  groups.forEach((members) => within(members, movers.length, 'groups'));
  if (groups.some((members) => members.length === 0)) found.push('a group is empty');
  within(
    plan.frozen.map(({mover}) => mover),
    movers.length,
    'frozen workloads',
  );
  within(
    plan.frozen.map(({freeze}) => freeze),
    settings.freeze.length,
    'freeze windows',
  );
  within(
    plan.unordered.flatMap(({before, after}) => [before, after]),
    groups.length,
    'unordered groups',
  );
  same([traffic.to, traffic.amount, traffic.unknown], traffic.from.length, 'flows');
  within([...traffic.from, ...traffic.to], decisions, 'flows');
  if ([...traffic.amount, ...traffic.unknown, traffic.unknownAmount].some((amount) => amount < 0))
    found.push('traffic is negative');
  if (settings.size < 1 || traffic.unitsPerGib < 1) found.push('a size or unit is not positive');
  if (proof === null) return found;
  const nodes = groups.length + proof.stages.length;
  const {ties, order} = proof;
  same([proof.blockOf], nodes, 'blocks');
  same([proof.value], proof.size.length, 'blocks');
  within(proof.blockOf, proof.size.length, 'blocks');
  same([ties.head, ties.share], ties.tail.length, 'ties');
  within([...ties.tail, ...ties.head], groups.length, 'ties');
  same([order.before, order.push], order.after.length, 'orders');
  within([...order.after, ...order.before], nodes, 'orders');
  return found;
}
