import type {PathStep} from '../../model/exposure.ts';
import type {RoutesTo} from '../find-paths.ts';
import {plainLine} from '../plain.ts';

/** Ways as numbered chains, one line per edge with its evidence. */
export function renderRoutes(from: string, ends: readonly RoutesTo[], name: (id: string) => string): string {
  const lines = ends.flatMap(({name: to, routes}) => {
    if (routes.length === 0) return [`No way from ${from} to ${to} under these limits.`];
    return [
      `${from} → ${to}: ${routes.length} way${routes.length === 1 ? '' : 's'}`,
      ...routes.flatMap(({level, certainty, control, steps}, at) => [
        `  ${at + 1}. ${control ? 'control' : 'access'}, ${certainty}, level ${level}, ${steps.length} step${steps.length === 1 ? '' : 's'}`,
        ...steps.map((step) => `       ${stepText(step, name)}`),
      ]),
      '',
    ];
  });
  return (lines.length > 0 ? lines : ['No matching workload is reached under these limits.'])
    .map(plainLine)
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
