import {nearest} from '../document/nearest.ts';
import {decodeFile} from '../io/decode/decode-file.ts';
import {problem} from '../io/decode/problem.ts';
import type {Finding} from '../model/common.ts';
import type {Decoded, InputFile} from '../model/decoded.ts';
import type {Intake} from '../model/estate.ts';
import {emptyFacts} from '../model/facts.ts';
import {countRejected} from './count-rejected.ts';
import {redactFindings, redactIntake} from './redact-intake.ts';
import {kindOf, shapesFor} from './registry.ts';
import type {IntakeHints, Shape} from './shape.ts';
import {createTally} from './tally.ts';
import {unknownShape} from './unknown-shape.ts';

export interface ReadHints extends IntakeHints {
  /** Format id that overrides detection. */
  as?: string;
}

/**
 * Reads one inventory file: opens it by content, finds the shape that knows it, maps it to facts. Never throws for a
 * bad file. `intake` is null when nothing could be read; then `findings` says why. Findings of the intake itself stay
 * in `intake.findings`; `findings` holds those of opening and recognising the file.
 * @param path where the file is
 * @param display the path as the user wrote it, for messages and provenance
 */
export async function readSource(
  path: string,
  display: string,
  hints: ReadHints = {},
): Promise<{intake: Intake | null; findings: Finding[]}> {
  const {decoded, findings, file} = await decodeFile(path, display);
  if (!decoded || !file) return {intake: null, findings};
  const {as, ...intakeHints} = hints;
  const chosen = as === undefined ? await detect(decoded, file) : await named(as, decoded, file);
  if (!chosen.shape) {
    const empty = as === undefined && isEmptyList(decoded);
    // What is wrong with single rows of a file nobody recognises is beside the point.
    return {intake: empty ? emptyIntake(file) : null, findings: redactFindings(chosen.findings)};
  }
  findings.push(...redactFindings(chosen.findings));
  const intake = redactIntake(countRejected(chosen.shape.map(decoded, file, intakeHints), decoded));
  // An authored document may be empty on purpose; an export seldom is.
  const exported = decoded.kind !== 'yaml';
  if (exported && intake.ledger.every((line) => line.rowsIn === 0))
    findings.push(absence(file, intake) ?? nothingInside(file, chosen.shape));
  return {intake, findings};
}

interface Choice {
  shape: Shape | null;
  findings: Finding[];
}

async function detect(decoded: Decoded, file: InputFile): Promise<Choice> {
  const shapes = await shapesFor(kindOf(decoded));
  const shape = shapes.find((candidate) => candidate.matches(decoded, file)) ?? null;
  if (shape) return {shape, findings: []};
  if (isEmptyList(decoded)) return {shape, findings: [nothingInside(file, null)]};
  const all = await shapesFor();
  return {
    shape,
    findings: [
      unknownShape(
        decoded,
        file,
        all.map((known) => known.id),
      ),
    ],
  };
}

async function named(as: string, decoded: Decoded, file: InputFile): Promise<Choice> {
  const all = await shapesFor();
  const shape = all.find((candidate) => candidate.id === as) ?? null;
  const where = {file: file.display};
  if (!shape) {
    const ids = all.map((known) => known.id);
    const near = nearest(as, ids);
    const message = `unknown format \`${as}\`${near ? ` (did you mean \`${near}\`?)` : ''}`;
    return {shape, findings: [problem('BH-IO-024', where, message, `Known formats: ${ids.join(', ')}.`)]};
  }
  if (shape.matches(decoded, file) || isEmptyList(decoded)) return {shape, findings: []};
  const finding = problem(
    'BH-IO-026',
    where,
    `read as ${shape.id} as asked, but it does not look like ${shape.title}`,
    'Leave the format out to have it recognised by content.',
    {severity: 'medium'},
  );
  return {shape, findings: [finding]};
}

/** `[]`: a true answer of many commands that names no format. */
function isEmptyList(decoded: Decoded): boolean {
  return decoded.kind === 'json' && Array.isArray(decoded.value) && decoded.value.length === 0;
}

/** An empty list of an account that is known: people list dozens of services of which most are not used. */
function absence(file: InputFile, intake: Intake): Finding | null {
  const [line] = intake.ledger;
  if (intake.source.cloud !== 'aws' || !/^\d{12}(?:\/|$)/.test(line?.scope ?? '') || !line) return null;
  return problem(
    'BH-IO-025',
    {file: file.display},
    `${line.api} lists nothing in ${line.scope}: counts as known to be absent there`,
    'Nothing to do, if it was exported with rights to see everything.',
    {severity: 'info'},
  );
}

function nothingInside(file: InputFile, shape: Shape | null): Finding {
  return problem(
    'BH-IO-025',
    {file: file.display},
    shape
      ? `recognised as ${shape.id}, but it holds no rows`
      : 'the file is an empty list; no format can be told',
    shape
      ? 'Check that the export was made with rights to see anything, and for the right scope.'
      : 'If this is a true answer, name the format with `--as` so that it counts as read.',
    {severity: 'medium'},
  );
}

function emptyIntake(file: InputFile): Intake {
  const id = `empty:${file.display}`;
  return {
    source: {id, format: 'empty', cloud: 'declared', file: file.display, sha256: file.sha256, scopes: []},
    facts: emptyFacts(),
    provenance: [],
    ledger: [createTally(id, '*', 'empty list').done()],
    findings: [],
  };
}
