import type {ZodType} from 'zod';
import {checkDocument} from '../../document/check.ts';
import {nearest} from '../../document/nearest.ts';
import type {Finding} from '../../model/common.ts';
import type {Decoded, InputFile, YamlDocument} from '../../model/decoded.ts';
import {identityDocument} from '../../model/documents/identity.ts';
import {registerDocument} from '../../model/documents/register.ts';
import type {Facts, Intake} from '../../model/estate.ts';
import {emptyFacts} from '../../model/facts.ts';
import {createTally} from '../tally.ts';
import {declaredSource} from './declared-source.ts';
import {toIdentity} from './identity.ts';
import {toAnswers} from './identity-sections.ts';
import {toRegister} from './register.ts';

/** How a checked document of one kind becomes facts; returns how many entries it held. */
interface Reader {
  read(document: YamlDocument, facts: Facts, findings: Finding[]): number | null;
}

const READERS: Record<string, Reader> = {
  Identity: reader(identityDocument, (value, document, facts) => {
    facts.identity.push(toIdentity(value.spec, document));
    for (const answer of toAnswers(value.spec, document)) facts.answers.push(answer);
    return 1;
  }),
  Register: reader(registerDocument, (value, document, facts) => {
    const entries = toRegister(value.spec, document);
    for (const entry of entries) facts.register.push(entry);
    return entries.length;
  }),
};

/** Kinds that are fine documents, but not inventory: the message says where they belong. */
const ELSEWHERE: Record<string, string> = {
  Workspace: 'bulkhead.yaml',
  Site: '`sites` of bulkhead.yaml',
  PlacementPolicy: '`policies` of bulkhead.yaml',
  PolicyTest: '`policies` of bulkhead.yaml',
  PolicyException: '`policies` of bulkhead.yaml',
  SensitivityRules: '`policies` of bulkhead.yaml',
};

/** True when a YAML file holds at least one document of the kind. */
export function holdsKind(decoded: Decoded, kind: string): boolean {
  return decoded.kind === 'yaml' && decoded.documents.some((document) => kindOf(document) === kind);
}

/**
 * Maps a YAML file of Identity and Register documents, in any mixture. A document that does not check is rejected as
 * a whole with all its problems placed; the others are kept.
 */
export function mapDocuments(format: string, decoded: Decoded, file: InputFile): Intake {
  const source = declaredSource(format, file);
  const facts = emptyFacts();
  const findings: Finding[] = [];
  const tally = createTally(source.id, file.display, 'documents');
  for (const document of decoded.kind === 'yaml' ? decoded.documents : []) {
    const kind = kindOf(document);
    const reader = READERS[kind];
    if (!reader) {
      findings.push(wrongKind(kind, document));
      tally.reject('not an inventory document');
      continue;
    }
    const entries = reader.read(document, facts, findings);
    if (entries === null) tally.reject('does not match its schema');
    else tally.classify(kind === 'Register' ? 'business function' : 'identity declaration', entries);
  }
  const broken = findings.length > 0;
  return {
    source,
    facts,
    provenance: facts.register.map((entry) => ({
      fact: `register:${entry.id}`,
      source: source.id,
      place: entry.place,
    })),
    ledger: [tally.done(broken ? 'partial' : 'complete')],
    findings,
  };
}

function reader<T>(
  schema: ZodType<T>,
  take: (value: T, document: YamlDocument, facts: Facts) => number,
): Reader {
  return {
    read(document, facts, findings) {
      const checked = checkDocument(schema, document);
      findings.push(...checked.findings.map((finding) => ({...finding, partial: true})));
      return checked.value === null ? null : take(checked.value, document, facts);
    },
  };
}

function kindOf(document: YamlDocument): string {
  const value = document.value as {kind?: unknown} | null;
  return typeof value?.kind === 'string' ? value.kind : '';
}

function wrongKind(kind: string, document: YamlDocument): Finding {
  const where = document.place(['kind']);
  const home = ELSEWHERE[kind];
  const near = home ? null : nearest(kind, Object.keys(READERS));
  return {
    code: 'BH-DECL-001',
    severity: 'high',
    message: home
      ? `a ${kind} document does not belong among the sources`
      : `unknown kind \`${kind}\`${near ? ` (did you mean \`${near}\`?)` : ''}`,
    where,
    remedy: home ? `List this file under ${home}.` : `Use kind ${Object.keys(READERS).join(' or ')}.`,
    partial: true,
  };
}
