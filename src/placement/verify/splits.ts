import type {CutLevel, CutProblem, Decision} from '../../model/plan.ts';

/** The parts of a plan that say what splitting an application costs. */
export interface SplitClaim {
  problem: CutProblem;
  labels: number[];
  unitMembers: string[][];
  decisions: Pick<Decision, 'workload' | 'application'>[];
}

/**
 * Whether units without workloads only carry what the plan says of split applications: their members are the units of the
 * application, they pay on one level alone, and there exactly what makes a split cost its weight once. Returns what is
 * wrong, in words.
 */
export function splitProblems({problem, labels, unitMembers, decisions}: SplitClaim): string[] {
  const splits = problem.splits ?? [];
  const found: string[] = [];
  const claimed = new Map<number, string>();
  const byApplication = unitsOf(decisions, unitMembers);
  for (const {application, members, auxiliary, level: name, weight, split} of splits) {
    const say = (text: string): void => void found.push(`application ${application}: ${text}`);
    const level = problem.levels.find((one) => one.name === name);
    const own = byApplication.get(application) ?? [];
    byApplication.delete(application);
    if (members.length < 2 || members.join() !== own.join()) say('its units are not those of its workloads');
    if (auxiliary.length !== 2 || auxiliary.some((u) => claimed.has(u) || unitMembers[u]?.length !== 0))
      say('what carries its split is not two units of its own');
    for (const u of auxiliary) claimed.set(u, application);
    if (!level) say(`level ${name} does not exist`);
    else if (weight < 1 || arcsAt(level, auxiliary).join() !== expected(members, auxiliary, weight).join())
      say(`level ${name} does not pay ${weight} for splitting it`);
    if (problem.levels.some((one) => one !== level && arcsAt(one, auxiliary).length > 0))
      say('its split is paid on another level, too');
    if (problem.levels.some(({unary}) => auxiliary.some((u) => unary[2 * u] !== 0 || unary[2 * u + 1] !== 0)))
      say('what carries its split costs something by itself');
    const apart = new Set(members.map((u) => labels[u])).size > 1;
    if (split !== apart) say(`it is ${apart ? '' : 'not '}split, the plan says otherwise`);
  }
  if (splits.length > 0) {
    for (const [application, units] of byApplication)
      if (units.length > 1) found.push(`application ${application}: nothing is said of splitting it`);
  }
  unitMembers.forEach((members, u) => {
    if (members.length === 0 && !claimed.has(u)) found.push(`unit ${problem.units[u]} has no workload`);
  });
  return found;
}

function unitsOf(decisions: SplitClaim['decisions'], unitMembers: string[][]): Map<string, number[]> {
  const unitOf = new Map(unitMembers.flatMap((members, u) => members.map((id): [string, number] => [id, u])));
  const units = new Map<string, Set<number>>();
  for (const {workload, application} of decisions) {
    const u = unitOf.get(workload);
    if (application === null || u === undefined) continue;
    const known = units.get(application);
    if (known) known.add(u);
    else units.set(application, new Set([u]));
  }
  return new Map([...units].map(([name, set]) => [name, [...set].sort((a, b) => a - b)]));
}

/** Arcs at some units as sorted texts. */
function arcsAt({arcs: {tail, head, weight}}: CutLevel, units: number[]): string[] {
  const found: string[] = [];
  tail.forEach((t, a) => {
    const h = head[a]!;
    if (units.includes(t) || units.includes(h)) found.push(`${t}>${h}:${weight[a]}`);
  });
  return found.sort();
}

/**
 * With r the first member: r > p and p > m are paid when r is public and m dedicated, q > r and m > q the other way round;
 * p and q each choose the cheaper of the two ends, so every direction costs its weight at most once.
 */
function expected([r, ...others]: number[], [p, q]: number[], weight: number): string[] {
  return [
    `${r}>${p}:${weight}`,
    `${q}>${r}:${weight}`,
    ...others.flatMap((m) => [`${p}>${m}:${weight}`, `${m}>${q}:${weight}`]),
  ].sort();
}
