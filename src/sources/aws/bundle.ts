import type {Container, Facts, Intake, Principal} from '../../model/estate.ts';
import {emptyFacts} from '../../model/facts.ts';
import type {Finding, Place} from '../../model/common.ts';
import type {Decoded, InputFile} from '../../model/decoded.ts';
import type {LedgerScope} from '../../model/ledger.ts';
import {mergeContainers, mergePrincipals} from '../merge-mentions.ts';
import type {IntakeHints, Shape} from '../shape.ts';
import {createTally} from '../tally.ts';
import type {AnswerShape} from './answer-shape.ts';

/** An answer inside a file of several, with its place. */
interface Part {
  value: unknown;
  /** JSON pointer of the list entry, or the line. */
  pointer: string;
  line: number | null;
}

/**
 * Several answers in one file: a list `[{…}, {…}]`, or one after the other as loops of the AWS CLI write them. Answers that do
 * not say what they are about carry the request's own parameter: `{"Bucket": "…", "Policy": "…"}`.
 */
export function bundleShape(answers: readonly AnswerShape[]): Shape {
  const find = (value: unknown, file: InputFile): AnswerShape | undefined =>
    answers.find((answer) => answer.takes(value, file));
  return {
    id: 'aws.answers',
    title: 'several answers of the AWS CLI in one file (a list, or one after the other)',
    matches: (decoded, file) =>
      partsOf(decoded)
        .slice(0, 20)
        .some(({value}) => find(value, file) !== undefined),
    map: (decoded, file, hints) => join(partsOf(decoded), find, file, hints),
  };
}

function partsOf(decoded: Decoded): Part[] {
  if (decoded.kind === 'ndjson')
    return decoded.records.map((value, i) => ({value, pointer: '', line: decoded.lines[i] ?? null}));
  if (decoded.kind !== 'json' || !Array.isArray(decoded.value)) return [];
  return decoded.value.map((value: unknown, i) => ({value, pointer: `/${i}`, line: null}));
}

function join(
  parts: Part[],
  find: (value: unknown, file: InputFile) => AnswerShape | undefined,
  file: InputFile,
  hints: IntakeHints,
): Intake {
  const intakes: Intake[] = [];
  const formats = new Set<string>();
  const strangers: Part[] = [];
  for (const part of parts) {
    const shape = find(part.value, file);
    if (shape === undefined) strangers.push(part);
    else {
      formats.add(shape.id);
      intakes.push(moved(shape.readAnswer(part.value, file, hints), part));
    }
  }
  // Answers of one kind replace earlier answers of that kind; a mixed file is replaced by the file of the same name only.
  const format = formats.size === 1 ? ([...formats][0] ?? 'aws.answers') : 'aws.answers';
  const first = intakes[0]?.source.id ?? '';
  const id = `${format}:${first.slice(first.indexOf(':') + 1) || file.display}`;
  const scopes =
    formats.size === 1 ? [...new Set(intakes.flatMap(({source}) => source.scopes))].toSorted() : [];
  const rejected = strangers.map(({pointer, line}): Place => ({file: file.display, ...at(pointer, line)}));
  return {
    source: {id, format, cloud: 'aws', file: file.display, sha256: file.sha256, scopes},
    facts: joinFacts(intakes),
    provenance: intakes.flatMap(({provenance}) => provenance.map((entry) => ({...entry, source: id}))),
    ledger: joinLedger(intakes, id, rejected.length),
    findings: [...intakes.flatMap(({findings}) => findings), ...unknownAnswers(rejected)],
  };
}

/** Places inside the answer become places inside the file. */
function moved(intake: Intake, {pointer, line}: Part): Intake {
  const place = (where: Place): Place =>
    line === null
      ? {...where, ...(where.pointer === undefined ? {} : {pointer: pointer + where.pointer})}
      : {...where, line};
  return {
    ...intake,
    facts: {...intake.facts, edges: intake.facts.edges.map((edge) => ({...edge, place: place(edge.place)}))},
    provenance: intake.provenance.map((entry) => ({...entry, place: place(entry.place)})),
    findings: intake.findings.map((finding) => ({...finding, where: place(finding.where)})),
  };
}

/** One record per id, as one file promises; mentions of containers and principals are put together. */
function joinFacts(intakes: Intake[]): Facts {
  const facts = emptyFacts();
  const containers = new Map<string, Container>();
  const principals = new Map<string, Principal>();
  for (const intake of intakes) {
    for (const one of intake.facts.containers) {
      const known = containers.get(one.id);
      containers.set(one.id, known ? mergeContainers(known, one) : one);
    }
    for (const one of intake.facts.principals) {
      const known = principals.get(one.id);
      principals.set(one.id, known ? mergePrincipals(known, one) : one);
    }
  }
  const all = facts as unknown as Record<string, unknown[]>;
  for (const key of Object.keys(facts)) {
    const records = intakes.flatMap(
      (intake) => (intake.facts as unknown as Record<string, unknown[]>)[key] ?? [],
    );
    // The estate joins what several answers say of one thing; a file only must not repeat policies word for word.
    all[key] = key === 'policyDocuments' || key === 'roots' ? firsts(records as {id: string}[]) : records;
  }
  facts.containers = [...containers.values()];
  facts.principals = [...principals.values()];
  return facts;
}

function firsts(records: {id: string; attachedTo?: string[] | null}[]): unknown[] {
  const byId = new Map<string, unknown>();
  for (const record of records) {
    const key = `${record.id} ${(record.attachedTo ?? []).join(' ')}`;
    if (!byId.has(key)) byId.set(key, record);
  }
  return [...byId.values()];
}

function joinLedger(intakes: Intake[], id: string, strangers: number): LedgerScope[] {
  const lines = new Map<string, LedgerScope[]>();
  for (const {ledger} of intakes) {
    for (const line of ledger) {
      const key = `${line.api}\n${line.scope}`;
      const known = lines.get(key);
      if (known) known.push(line);
      else lines.set(key, [line]);
    }
  }
  const joined = [...lines.values()].map((group): LedgerScope => {
    const {scope, api} = group[0]!;
    const tally = createTally(id, scope, api);
    for (const line of group) {
      tally.kept(line.kept);
      for (const [word, count] of Object.entries(line.classifiedBy)) tally.classify(word, count);
      for (const [word, count] of Object.entries(line.rejectedBy)) tally.reject(word, count);
    }
    return tally.done(group.find(({status}) => status !== 'complete')?.status);
  });
  if (strangers === 0) return joined;
  const tally = createTally(id, '*', 'unknown answer');
  tally.reject('no known answer of the AWS CLI', strangers);
  return [...joined, tally.done()];
}

function unknownAnswers(places: Place[]): Finding[] {
  const [first] = places;
  if (first === undefined) return [];
  return [
    {
      code: 'BH-SRC-222',
      severity: 'low',
      message: `${places.length} of the answers in the file ${places.length === 1 ? 'is' : 'are'} none that is read.`,
      where: first,
      remedy: 'Remove them, or save each kind of answer in a file of its own to see what it is taken for.',
    },
  ];
}

function at(pointer: string, line: number | null): Place {
  return line === null ? {pointer} : {line};
}
