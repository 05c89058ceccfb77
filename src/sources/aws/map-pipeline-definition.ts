import type {Draft} from '../draft.ts';
import {field, list, pointer, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {AnswerContext} from './answer-shape.ts';
import {accountOf, partitionOf} from './arn.ts';
import {blank} from './map-compute.ts';
import {mentionRoleNamed} from './mentions.ts';
import {ledgerScope} from './scope.ts';
import {rejectNameless, subjectOf} from './subject.ts';

/** datapipeline get-pipeline-definition: its objects name the roles it and its machines act with. */
export function mapPipelineDefinition(draft: Draft, value: Row, context: AnswerContext): void {
  const {scope} = context;
  const id = subjectOf(value, context, {parameters: ['pipelineId'], pattern: /df-[0-9A-Z]{10,32}/});
  if (id === null)
    return rejectNameless(
      draft,
      ledgerScope(scope),
      'pipeline',
      'pipelineId',
      '111122223333/eu-central-1/pipeline-df-0123456789ABCDEFGHIJ.json',
    );
  const roles = list(value, 'objects').flatMap((object, i) =>
    ['role', 'resourceRole'].flatMap((key) => {
      const role = text(object, key) ?? fieldOfObject(object, key);
      return mentionRoleNamed(draft, role, scope.account, pointer('/objects', i, key)) ?? [];
    }),
  );
  const account = scope.account ?? accountOf(roles[0]?.slice('aws:'.length) ?? null);
  const region = scope.region ?? '';
  const arn = `arn:${partitionOf(scope.region)}:datapipeline:${region}:${account ?? ''}:pipeline/${id}`;
  draft.keep(
    {
      ...blank(draft, `aws:${arn}`, account, scope.region, ''),
      name: id,
      nativeType: 'AWS::DataPipeline::Pipeline',
      identities: [...new Set(roles)],
    },
    '',
    arn,
  );
}

/** The raw API lists fields as `{key, stringValue}`, the CLI as properties of the object. */
function fieldOfObject(object: unknown, key: string): string | null {
  const found = list(object, 'fields').find((one) => text(one, 'key') === key);
  return text(field(found, 'stringValue'));
}
