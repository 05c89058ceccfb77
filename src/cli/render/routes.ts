import type {PathStep} from '../../model/exposure.ts';
import type {RoutesTo} from '../find-paths.ts';
import {onScreen} from '../on-screen.ts';

/**
 * Ways as numbered chains, one line per edge with its evidence.
 * @param limit how many ways, or ends, were asked for: as many may be more
 */
export function renderRoutes(
  from: string,
  ends: readonly RoutesTo[],
  name: (id: string) => string,
  limit: number,
): string {
  const lines = ends.flatMap(({name: to, routes}) => {
    if (routes.length === 0) return [`No way from ${from} to ${to} under these limits.`];
    const count =
      routes.length === 1 ? '1 way' : `${routes.length === limit ? 'the first ' : ''}${routes.length} ways`;
    return [
      `${from} → ${to}: ${ends.length > 1 ? 'the best way' : count}`,
      ...routes.flatMap(({level, certainty, control, steps}, at) => [
        `  ${at + 1}. ${control ? 'control' : 'access'}, ${certainty}, level ${level}, ${steps.length} step${steps.length === 1 ? '' : 's'}`,
        ...steps.map((step) => `       ${stepText(step, name)}`),
      ]),
      '',
    ];
  });
  if (lines.length === 0) return 'No matching workload is reached under these limits.';
  const full = ends.length === limit || ends.some(({routes}) => routes.length === limit);
  return [...lines, ...(full ? [`There may be more: --limit ${2 * limit}`] : [])]
    .flatMap((line) => onScreen(line))
    .join('\n');
}

/** `A –KIND→ B   evidence`, with what makes the step weaker than direct control. */
export function stepText(
  {edge, from, to, level, certainty, evidence, caps}: PathStep,
  name: (id: string) => string,
): string {
  const notes = [
    ...(level > 0 ? [`level ${level}`] : []),
    ...(certainty === 'certain' ? [] : [certainty]),
    ...(caps ? [`only ${caps.join(', ')}`] : []),
  ];
  return `${name(from)} –${edge}→ ${name(to)}   ${evidence}${notes.length > 0 ? ` [${notes.join(', ')}]` : ''}`;
}
