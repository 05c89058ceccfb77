import type {InputFile} from '../../model/decoded.ts';
import {field, isRow} from '../record.ts';
import type {Row} from '../record.ts';
import {answerShape, has, isListOf} from './answer-shape.ts';
import type {AnswerShape} from './answer-shape.ts';
import {mapPipelineDefinition} from './map-pipeline-definition.ts';
import {mapNames, mapResources} from './map-service-resource.ts';
import {NAME_LISTS, RESOURCES} from './service-resources.ts';
import type {NameListSpec, ResourceSpec} from './service-resources.ts';

/** Everything else that runs with a role, by table. */
export const SERVICES: AnswerShape[] = [
  ...RESOURCES.map((spec) =>
    answerShape({
      id: `aws.${spec.api.replace(' ', '.')}`,
      title: `aws ${spec.api}`,
      api: spec.api,
      matches: (value, file) => matches(spec, value, file),
      read: (draft, value, context) => mapResources(draft, spec, value, context),
    }),
  ),
  answerShape({
    id: 'aws.datapipeline.get-pipeline-definition',
    title: 'aws datapipeline get-pipeline-definition --pipeline-id …',
    api: 'datapipeline get-pipeline-definition',
    matches: (value) =>
      isListOf(value, 'objects', (row) => has(row, 'id') && (has(row, 'name') || has(row, 'fields'))) &&
      (has(value, 'parameters') || has(value, 'parameterObjects') || has(value, 'pipelineId')),
    read: mapPipelineDefinition,
  }),
  ...NAME_LISTS.map((spec) =>
    answerShape({
      id: `aws.${spec.api.replace(' ', '.')}`,
      title: `aws ${spec.api}`,
      api: spec.api,
      matches: (value, file) => namesMatch(spec, value, file),
      read: (draft, value, context) => mapNames(draft, spec, value, context),
    }),
  ),
];

function matches(spec: ResourceSpec, value: Row, file: InputFile): boolean {
  const proven = (row: unknown): boolean => spec.proof.every((key) => has(row, key));
  if (spec.single === true) {
    const object = spec.key === '' ? value : field(value, spec.key);
    return isRow(object) && proven(object);
  }
  if (!isListOf(value, spec.key, proven)) return false;
  return !isEmpty(value, spec.key) || (spec.shared?.test(file.display) ?? true);
}

function namesMatch(spec: NameListSpec, value: Row, file: InputFile): boolean {
  const entries = Object.hasOwn(value, spec.key) ? value[spec.key] : undefined;
  if (!Array.isArray(entries)) return false;
  if (entries.length === 0) return spec.shared?.test(file.display) ?? true;
  return entries.slice(0, 20).every((entry) => typeof entry === 'string' && spec.entry.test(entry));
}

function isEmpty(value: Row, key: string): boolean {
  const entries = value[key];
  return Array.isArray(entries) && entries.length === 0;
}
