import type {Decoded, InputFile} from '../../model/decoded.ts';
import type {Intake} from '../../model/estate.ts';
import {createDraft} from '../draft.ts';
import type {Draft} from '../draft.ts';
import {field, idText, isRow, list, someRow} from '../record.ts';
import type {Row} from '../record.ts';
import type {IntakeHints, Shape} from '../shape.ts';
import {awsScope, ledgerScope} from './scope.ts';
import type {AwsScope} from './scope.ts';

/** What surrounds an answer: answers often do not say whom they are about. */
export interface AnswerContext {
  file: InputFile;
  hints: IntakeHints;
  scope: AwsScope;
}

/** One answer of the AWS CLI or API. */
export interface AnswerSpec {
  id: string;
  title: string;
  /** As the AWS CLI names it, `glue get-dev-endpoints`; consumers ask the ledger for it. */
  api: string | ((value: Row, file: InputFile) => string);
  matches(value: Row, file: InputFile): boolean;
  read(draft: Draft, value: Row, context: AnswerContext): void;
}

/** A shape that also reads one answer among several of a file. */
export interface AnswerShape extends Shape {
  takes(value: unknown, file: InputFile): boolean;
  /** `at` is the pointer of the answer inside the file. */
  readAnswer(value: unknown, file: InputFile, hints: IntakeHints): Intake;
}

export function answerShape(spec: AnswerSpec): AnswerShape {
  const takes = (value: unknown, file: InputFile): boolean => isRow(value) && spec.matches(value, file);
  const readAnswer = (value: unknown, file: InputFile, hints: IntakeHints): Intake => {
    const row = isRow(value) ? value : {};
    const api = typeof spec.api === 'string' ? spec.api : spec.api(row, file);
    const draft = createDraft({format: spec.id, cloud: 'aws', api, file, hints});
    spec.read(draft, row, {file, hints, scope: awsScope(file, hints)});
    checkPaging(draft, row);
    return emptyInScope(draft.finish(), awsScope(file, hints));
  };
  return {
    id: spec.id,
    title: spec.title,
    takes,
    readAnswer,
    matches: (decoded: Decoded, file) => decoded.kind === 'json' && takes(decoded.value, file),
    map: (decoded, file, hints) => readAnswer(decoded.kind === 'json' ? decoded.value : null, file, hints),
  };
}

/** An empty list is an answer: "none in this account", and the ledger must say which account. */
function emptyInScope(intake: Intake, scope: AwsScope): Intake {
  const [line, ...others] = intake.ledger;
  if (line === undefined || others.length > 0 || line.rowsIn > 0 || line.scope !== '*') return intake;
  if (scope.account === null) return intake;
  const named = ledgerScope(scope);
  return {
    ...intake,
    source: {...intake.source, scopes: [named]},
    ledger: [{...line, scope: named}],
  };
}

export function has(row: unknown, key: string): boolean {
  return isRow(row) && Object.hasOwn(row, key);
}

/** An empty list is a valid answer; a list of something else is another file. */
export function isListOf(value: Row, key: string, test: (row: Row) => boolean): boolean {
  const rows = Object.hasOwn(value, key) ? value[key] : undefined;
  return Array.isArray(rows) && (rows.length === 0 || someRow(rows, test));
}

/** Like {@link isListOf}, where other APIs use the same key: an empty list counts only in a file named after this one. */
export function isListOfNamed(
  value: Row,
  key: string,
  test: (row: Row) => boolean,
  file: InputFile,
  name: RegExp,
): boolean {
  return isListOf(value, key, test) && (list(value, key).length > 0 || name.test(file.display));
}

export function eachRow(value: unknown, key: string, map: (row: unknown, at: string) => void): void {
  for (const [i, row] of list(value, key).entries()) map(row, `/${key}/${i}`);
}

/** Tokens of the APIs read here, under the names their answers use. */
const TOKENS = ['NextToken', 'nextToken', 'Marker', 'NextMarker', 'ContinuationToken', 'marker'];

function checkPaging(draft: Draft, value: unknown): void {
  const token = TOKENS.find((key) => idText(value, key) !== null);
  const truncated = field(value, 'IsTruncated') === true || field(value, 'Truncated') === true;
  if (token === undefined && !truncated) return;
  draft.incomplete(
    token === undefined ? 'IsTruncated is true' : `${token} is left over, so further pages exist`,
    'Export again without --max-items and --no-paginate: the AWS CLI then fetches all pages.',
    `/${token ?? 'IsTruncated'}`,
  );
}
