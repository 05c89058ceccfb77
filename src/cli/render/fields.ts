import type {FieldEntry, FieldReference} from '../../policy/field-reference.ts';
import {renderTable} from '../table.ts';

/** The names expressions may read and call. */
export function renderFields({fields, functions}: FieldReference): string {
  const blocks: string[] = [];
  if (fields.length > 0)
    blocks.push(
      renderTable<FieldEntry>(
        [
          {head: 'FIELD', cell: ({path}) => path},
          {head: 'TYPE', cell: ({type}) => type},
          {head: 'MEANING', cell: meaning, flexible: true},
        ],
        fields,
      ),
    );
  if (functions.length > 0)
    blocks.push(
      renderTable<FieldReference['functions'][number]>(
        [
          {head: 'FUNCTION', cell: ({signature}) => signature},
          {head: 'MEANING', cell: ({description}) => description, flexible: true},
        ],
        functions,
      ),
    );
  return blocks.join('\n\n');
}

function meaning({description, unit, values}: FieldEntry): string {
  return `${description}${unit ? ` (${unit})` : ''}${values ? `: ${values.join(', ')}` : ''}`;
}
