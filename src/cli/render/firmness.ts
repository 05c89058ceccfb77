import type {Decision, Flip} from '../../model/plan.ts';

/** What the other class would cost, how firm the decision is, and what would change it: a few lines each. */
export function firmnessLines(
  decision: Decision,
  name: (id: string) => string,
  currency: string | null,
): string[] {
  return [...regretLines(decision, name, currency), ...confidenceLines(decision), ...flipLines(decision)];
}

function regretLines(
  {regret, regretRange, companions}: Decision,
  name: (id: string) => string,
  currency: string | null,
): string[] {
  const along = companions.length > 0 ? ` (${companions.map(name).join(', ')} with it)` : '';
  if (!regret && regretRange) return [rangeLine(regretRange)];
  if (!regret) return companions.length > 0 ? [`  moves with it: ${companions.map(name).join(', ')}`] : [];
  const {risk, latency = 0, cost, churn} = regret;
  const parts = [
    `risk ${more(risk / 1000, 1)} points`,
    latency === 0
      ? ''
      : `${more(latency, 0)} too slow ${Math.abs(latency) === 1 ? 'dependency' : 'dependencies'}`,
    currency === null ? '' : `${more(cost / 100, 2)} ${currency} per month`,
    churn === 0 ? '' : `${more(churn, 0)} ${Math.abs(churn) === 1 ? 'move' : 'moves'}`,
  ];
  return [`  the other class instead${along}: ${parts.filter(Boolean).join(', ')}`];
}

/** Below zero nothing is known: the plan itself may not be the best. */
function rangeLine({level, lo, hi}: NonNullable<Decision['regretRange']>): string {
  const least = `at least ${(Math.max(0, lo) / 1000).toFixed(1)}`;
  const most = hi === null ? 'no such plan was found' : `at most ${(hi / 1000).toFixed(1)}`;
  return `  the other class instead, within the limits: ${least} points more ${level}, ${most}`;
}

function confidenceLines({confidence}: Decision): string[] {
  if (!confidence) return [];
  const {verdict, margin, uncertainty, because} = confidence;
  const told = {stable: 'stable', fragile: 'fragile', unknown: 'not known how firm'}[verdict];
  const numbers =
    margin === null || uncertainty === null || margin + uncertainty === 0
      ? ''
      : ` (lead ${(margin / 1000).toFixed(1)} points, not known ${(uncertainty / 1000).toFixed(1)})`;
  return [`  ${told}: ${because}${numbers}`];
}

/** Changes that lead to the same site by the same kind are told together. */
function flipLines({flips, flipsWithinLimits: within}: Decision): string[] {
  if (!flips) return [];
  const untried =
    within && within.untried.length > 0 ? [`  not tried within the limits: ${names(within.untried)}`] : [];
  if (flips.length === 0) return ['  no single change that was tried would move it elsewhere', ...untried];
  const groups = new Map<string, Flip[]>();
  for (const flip of flips) {
    const key = JSON.stringify([flip.kind, flip.site]);
    groups.set(key, [...(groups.get(key) ?? []), flip]);
  }
  const lines = [...groups.values()].map((same) => {
    const told = same.map(({change, where}) => `${change}${where ? `  ${where}` : ''}`).join('; or ');
    return `    → ${same[0]!.site ?? 'stays where it is'}: ${told}`;
  });
  const title = within
    ? '  with any one of these, the plan found then has it elsewhere:'
    : '  any one of these would move it elsewhere, solved again for each:';
  return [title, ...lines, ...untried];
}

/** Kinds of changes, as people call them. */
const KINDS: Record<Flip['kind'], string> = {
  capacity: 'larger limits',
  rule: 'exceptions from rules',
  'site-fact': 'missing facts of sites',
  need: 'other needs',
  price: 'prices',
  root: 'roots cut from sites',
  weight: 'weights',
};

function names(kinds: Flip['kind'][]): string {
  return kinds.map((kind) => KINDS[kind]).join(', ');
}

function more(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}
