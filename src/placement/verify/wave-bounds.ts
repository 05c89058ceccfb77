import type {Decision} from '../../model/plan.ts';
import type {WavePlan} from '../../model/waves.ts';

/**
 * Whether the shares prove the bounds. Every group bears traffic: its own, and of each tie a part; ties across blocks are
 * borne by the later end whole. When all groups of a block bear the same per workload, and later blocks no less, then no
 * set of n workloads adds less traffic than the n that bear least: on any set, what is borne is at most what is added.
 * Returns what is wrong, in words.
 */
export function boundProblems(plan: WavePlan, decisions: Sites[]): string[] {
  const {proof, waves, traffic, groups} = plan;
  if (proof === null)
    return waves.some(({least}) => least !== null) ? ['bounds are stated, but nothing proves them'] : [];
  const found = new Set<string>();
  const {alone, ties, today} = tiesOf(plan, decisions);
  const {blockOf, size, value} = proof;
  const sizeOf = (node: number): number => groups[node]?.length ?? 0;
  const sizes = size.map(() => 0);
  blockOf.forEach((block, node) => (sizes[block]! += sizeOf(node)));
  if (size.some((claimed, k) => claimed !== sizes[k])) found.add('a block has another size than its groups');
  const scale = (node: number): number => size[blockOf[node]!]!;
  const borne = blockOf.map((_, node) => scale(node) * (alone[node] ?? 0));

  const shares = new Map<number, number>();
  proof.ties.tail.forEach((tail, e) =>
    shares.set(tail * groups.length + proof.ties.head[e]!, proof.ties.share[e]!),
  );
  for (const [key, bond] of ties) {
    // What both ends together do not save is left out: that only lowers the bound.
    if (bond <= 0) continue;
    const [tail, head] = [Math.floor(key / groups.length), key % groups.length];
    if (blockOf[tail] !== blockOf[head]) {
      const last = blockOf[tail]! > blockOf[head]! ? tail : head;
      borne[last]! -= bond * scale(last);
      continue;
    }
    const share = shares.get(key);
    if (share === undefined || share < 0 || share > bond * scale(tail)) {
      found.add('a tie is not shared between its ends');
      continue;
    }
    borne[tail]! -= share;
    borne[head]! -= bond * scale(head) - share;
  }
  for (const fault of orderFaults(plan, decisions)) found.add(fault);
  proof.order.push.forEach((push, e) => {
    const [after, before] = [proof.order.after[e]!, proof.order.before[e]!];
    if (push < 0 || blockOf[after] !== blockOf[before]) found.add('an order reaches across blocks');
    borne[after]! += push;
    borne[before]! -= push;
  });
  blockOf.forEach((block, node) => {
    if (borne[node] !== value[block]! * sizeOf(node)) found.add('groups of a block do not bear the same');
  });
  const filled = [...size.keys()].filter((k) => size[k]! > 0);
  filled.forEach((k, at) => {
    const next = filled[at + 1];
    if (next !== undefined && value[k]! * size[next]! > value[next]! * size[k]!)
      found.add('a later block bears less than an earlier one');
  });
  if (![...borne, ...value, ...size].every(Number.isSafeInteger))
    found.add('a number of the proof is too large');

  let moved = 0;
  for (const {number, workloads, least, weighed} of waves) {
    moved += workloads.length;
    let [left, sum] = [moved, today];
    for (const k of filled) {
      const taken = Math.min(left, size[k]!);
      sum += Math.ceil((value[k]! * taken) / size[k]!);
      left -= taken;
    }
    if (least !== sum / traffic.unitsPerGib)
      found.add(
        `the least traffic after wave ${number} is proven to be ${sum / traffic.unitsPerGib}, not ${least}`,
      );
    if (least !== null && weighed < least) found.add(`wave ${number} has less traffic than is possible`);
  }
  return [...found];
}

/**
 * What each group adds alone, and what two of them save together, by the sites before and after: of a flow, the four states
 * of its ends.
 */
function tiesOf({groups, movers, traffic}: WavePlan, decisions: Sites[]) {
  const groupOf = new Map(groups.flatMap((members, g) => members.map((m) => [movers[m]!, g] as const)));
  const alone = groups.map(() => 0);
  const ties = new Map<number, number>();
  let today = 0;
  traffic.from.forEach((i, f) => {
    const j = traffic.to[f]!;
    const weight = traffic.amount[f]! + traffic.unknown[f]! * traffic.unknownAmount;
    const site = (w: number, moved: boolean): string | null =>
      moved && groupOf.has(w) ? decisions[w]!.recommended : decisions[w]!.current;
    const paid = (first: boolean, second: boolean): number =>
      site(i, first) === site(j, second) ? 0 : weight;
    const [g, h] = [groupOf.get(i), groupOf.get(j)];
    const start = paid(false, false);
    today += start;
    if (g !== undefined && g === h) {
      alone[g]! += paid(true, true) - start;
      return;
    }
    if (g !== undefined) alone[g]! += paid(true, false) - start;
    if (h !== undefined) alone[h]! += paid(false, true) - start;
    if (g === undefined || h === undefined) return;
    const key = Math.min(g, h) * groups.length + Math.max(g, h);
    const saved = paid(true, false) + paid(false, true) - start - paid(true, true);
    ties.set(key, (ties.get(key) ?? 0) + saved);
  });
  return {alone, ties, today};
}

/**
 * Burdens may be laid from a group over a stage onto one that really moves before it: it holds an environment of the
 * application up to the stage's, the other one a later one, and the two are not among those that wait for each other.
 */
function orderFaults(
  {proof, groups, movers, environment, unordered}: WavePlan,
  decisions: Sites[],
): string[] {
  const {order, stages} = proof!;
  const excused = new Set(unordered.map(({before, after}) => `${before} ${after}`));
  const sides = stages.map(() => ({before: [] as number[], after: [] as number[]}));
  for (let e = 0; e < order.push.length; e++) {
    const [after, before] = [order.after[e]!, order.before[e]!];
    if (after >= groups.length === before >= groups.length) return ['an order does not run over a stage'];
    if (after >= groups.length) sides[after - groups.length]!.before.push(before);
    else sides[before - groups.length]!.after.push(after);
  }
  const holds = (group: number, application: string, which: (place: number) => boolean): boolean =>
    groups[group]!.some((m) => decisions[movers[m]!]!.application === application && which(environment[m]!));
  const wrong = sides.some(({before, after}, k) => {
    const {application, through} = stages[k]!;
    return (
      !before.every((g) => holds(g, application, (place) => place <= through)) ||
      !after.every((h) => holds(h, application, (place) => place > through)) ||
      after.some((h) => before.some((g) => g === h || excused.has(`${g} ${h}`)))
    );
  });
  return wrong ? ['a group bears what no order of environments lays on it'] : [];
}

type Sites = Pick<Decision, 'application' | 'current' | 'recommended'>;
