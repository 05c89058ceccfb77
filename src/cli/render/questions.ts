import type {Question} from '../../explain/questions.ts';
import {renderTable} from '../table.ts';

/** The questions that settle most, with whom to ask. */
export function renderQuestions(
  questions: readonly Question[],
  total: number,
  output: string | null,
): string {
  if (questions.length === 0) return 'Nothing is missing that would change a number or a decision.';
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
