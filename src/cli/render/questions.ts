import type {Question} from '../../explain/questions.ts';
import {renderTable} from '../table.ts';

/** The questions that settle most, with whom to ask. */
export function renderQuestions(
  questions: readonly Question[],
  shown: {total: number; workloads: number; output: string | null},
): string {
  const {total, workloads, output} = shown;
  if (questions.length === 0)
    return workloads === 0
      ? 'No question is open about these identities; add an inventory of workloads to see what depends on them.'
      : 'Nothing is missing that would change a number or a decision.';
  const table = renderTable<Question>(
    [
      {head: 'QUESTION', cell: ({question}) => question, flexible: true},
      {head: 'ABOUT', cell: ({name}) => name},
      {head: 'ASK', cell: ({owner}) => owner ?? '?'},
      {head: 'SETTLES', cell: ({settles}) => (settles === null ? '' : settles.toFixed(1)), align: 'right'},
      {
        head: 'DECISIONS',
        cell: ({decisions}) => (decisions === null ? '?' : String(decisions)),
        align: 'right',
      },
    ],
    [...questions],
  );
  const rest = total - questions.length;
  return [
    table,
    '',
    ...(rest > 0 ? [`${rest} more: --top ${total}`] : []),
    ...(output === null
      ? ['Write a sheet for the people named: bulkhead gaps --output questions.xlsx']
      : [`Wrote ${output}. Fill in the column answer, then: bulkhead import ${output}`]),
  ].join('\n');
}
