import type {Checkable} from './shape.ts';

type Run = Pick<Checkable, 'combined' | 'cutFirst' | 'decisions' | 'sites' | 'residual' | 'unitMembers'>;
type Combined = NonNullable<Run['combined']>[number];

/**
 * What can be checked of cuts with moves without the identity graph: that cut, workloads and sites are those of the plan,
 * that hard rules and bonds are kept, that the numbers add up and are possible. What a cut gains is not recomputed.
 */
export function combinedProblems(run: Run): {problems: string[]; detail: string} {
  const entries = run.combined ?? [];
  const problems = entries.length === 0 ? ['an empty list of cuts with moves'] : [];
  const seen = new Set<string>();
  entries.forEach((entry, index) => {
    const {root, from} = entry.cut;
    const name = `cutting ${root} from ${from}`;
    if (seen.has(name)) problems.push(`${name} is named twice`);
    seen.add(name);
    if (index > 0 && entries[index - 1]!.gain < entry.gain) problems.push(`${name} is not in its order`);
    for (const text of [...cutProblems(run, entry), ...moveProblems(run, entry), ...sumProblems(run, entry)])
      problems.push(`${name}: ${text}`);
  });
  const what = entries.length === 1 ? '1 cut with moves names' : `${entries.length} cuts with moves name`;
  return {
    problems,
    detail: `${what} what the plan knows, and the gains add up; the gains themselves need the identity graph and are not recomputed`,
  };
}

function cutProblems({cutFirst, residual}: Run, {cut}: Combined): string[] {
  const found: string[] = [];
  if (!cutFirst.some(({root, from}) => root === cut.root && from === cut.from))
    found.push('the plan knows no such cut');
  if (residual.roots.find(({id}) => id === cut.root)?.name !== cut.name)
    found.push(`the root is not called ${cut.name}`);
  return found;
}

function moveProblems({decisions, sites, unitMembers}: Run, {moves}: Combined): string[] {
  const found: string[] = [];
  if (moves.length === 0) found.push('it has no move');
  const decided = new Map(decisions.map((decision) => [decision.workload, decision]));
  const to = new Map(moves.map(({workload, site}) => [workload, site]));
  if (to.size !== moves.length) found.push('a workload moves twice');
  for (const {workload, site, planned} of moves) {
    const decision = decided.get(workload);
    if (!decision) found.push(`${workload} has no decision`);
    if (!sites.some(({id}) => id === site)) found.push(`${site} does not exist`);
    if (planned !== (decision?.recommended === site))
      found.push(`${workload} is ${planned ? 'not ' : ''}at ${site} in the plan itself`);
    if (planned && (!decision?.move || decision.gainsNothing === null))
      found.push(`${workload} gains by the plan itself`);
    if (decision?.removed.some((removal) => removal.site === site))
      found.push(`${workload} goes to ${site}, which a hard rule removed`);
  }
  for (const members of unitMembers) {
    const targets = new Set(members.map((id) => to.get(id) ?? decided.get(id)?.recommended));
    if (targets.size > 1) found.push(`${members[0]} is split from what it must stay together with`);
  }
  return found;
}

function sumProblems({decisions, residual}: Run, entry: Combined): string[] {
  const {moves, gain, gainOfOthers, gainOfCutAlone, gainOfMovesAlone, statement} = entry;
  const found: string[] = [];
  const total = moves.reduce((sum, move) => sum + move.gain, gainOfOthers);
  if (total !== gain) found.push(`the gains add up to ${total}, not ${gain}`);
  if (gain <= Math.max(0, gainOfCutAlone, gainOfMovesAlone))
    found.push('together they gain no more than alone');
  // Against the plan as it is nothing can gain more than it leaves; without some of its moves the bound is another.
  const bounded = moves.every(({planned}) => !planned);
  const left = residual.total.recomputed.after.value;
  if (bounded && Math.max(gain, gainOfCutAlone, gainOfMovesAlone) > left)
    found.push(`more is gained than the ${left} the plan leaves`);
  const exposed = new Map(decisions.map(({workload, exposure}) => [workload, exposure.after]));
  for (const {workload, gain: own} of moves) {
    if (bounded && own > (exposed.get(workload) ?? Infinity))
      found.push(`${workload} gains more than the plan leaves it`);
  }
  for (const value of [gain, gainOfCutAlone, gainOfMovesAlone]) {
    if (value !== 0 && !statement.includes((Math.abs(value) / 1000).toFixed(1)))
      found.push(`its sentence does not say ${value}`);
  }
  return found;
}
