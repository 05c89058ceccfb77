import {LineCounter, parseAllDocuments, type Document, type Node, isNode, isScalar} from 'yaml';
import type {Finding, Place} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {scalarOffset} from './scalar.ts';

/** Aliases beyond this many expansions are refused (billion-laughs guard of the yaml library). */
const MAX_ALIASES = 100;

/**
 * Parses a YAML text that may hold several documents. Never throws: syntax errors, duplicate keys,
 * alias bombs and prototype keys become findings `BH-YAML-…` with file, line and column, and only the document
 * that holds them is left out.
 */
export function parseYaml(text: string, file: string): {documents: YamlDocument[]; findings: Finding[]} {
  const lines = new LineCounter();
  const documents: YamlDocument[] = [];
  const findings: Finding[] = [];
  const parsed = parseAllDocuments(text, {lineCounter: lines, uniqueKeys: true, merge: false});
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const at = (offset: number): Place => {
      const {line, col} = lines.linePos(offset);
      return {file, line: Math.max(line, 1), col: Math.max(col, 1)};
    };
    for (const error of worthTelling(document.errors)) {
      findings.push({
        code: error.code === 'DUPLICATE_KEY' ? 'BH-YAML-002' : 'BH-YAML-001',
        severity: 'high',
        message: firstLine(error.message),
        where: at(error.pos[0]),
        remedy:
          error.code === 'DUPLICATE_KEY'
            ? 'Keep one of the two keys.'
            : 'Correct the YAML syntax at this place.',
      });
    }
    if (document.errors.length > 0) continue;
    const value = toValue(document, at(0), findings);
    if (value === undefined || value === null) continue;
    documents.push({
      value,
      place: (path) => place(document, path, at),
      scalarPlace: (path, offset) => {
        const node = document.getIn(path, true);
        if (!isScalar(node) || typeof node.value !== 'string' || !node.range)
          return place(document, path, at);
        return at(scalarOffset(text, node.range[0], node.range[1], node.type ?? 'PLAIN', node.value, offset));
      },
    });
  }
  return {documents, findings};
}

/** One syntax error makes the parser stumble on: of those only the first in the text, of duplicate keys every one. */
function worthTelling(errors: Document['errors']): Document['errors'] {
  const syntax = errors.filter(({code}) => code !== 'DUPLICATE_KEY');
  if (syntax.length === 0) return errors;
  return [syntax.reduce((first, error) => (error.pos[0] < first.pos[0] ? error : first))];
}

function toValue(document: Document, where: Place, findings: Finding[]): unknown {
  try {
    return document.toJS({maxAliasCount: MAX_ALIASES});
  } catch (error) {
    findings.push({
      code: 'BH-YAML-003',
      severity: 'high',
      message: firstLine(error instanceof Error ? error.message : String(error)),
      where,
      remedy: `Write the values out: at most ${MAX_ALIASES} alias expansions are followed.`,
    });
    return undefined;
  }
}

function place(document: Document, path: (string | number)[], at: (offset: number) => Place): Place {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = isNode(node) ? (node as Node).range : null;
    if (range) return at(range[0]);
  }
  return at(0);
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).replace(/ at line \d+, column \d+:?$/, '');
}
