import {LineCounter, parseAllDocuments, type Document, type Node, isNode, isScalar, visit} from 'yaml';
import type {Finding, Place} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {scalarOffset} from './scalar.ts';

/** Aliases beyond this many expansions are refused (billion-laughs guard of the yaml library). */
const MAX_ALIASES = 100;

/**
 * Parses a YAML text that may hold several documents. Never throws: syntax errors, duplicate keys,
 * alias bombs, bottomless nesting and prototype keys become findings `BH-YAML-…` with file, line and column, and only
 * the document that holds them is left out.
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
      findings.push(problem(error, at, text));
    }
    if (document.errors.length > 0) continue;
    if (text.includes('__proto__')) findings.push(...prototypeKeys(document, at));
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

function problem(error: Document['errors'][number], at: (offset: number) => Place, text: string): Finding {
  const where = at(error.pos[0]);
  const found = {code: 'BH-YAML-001', severity: 'high' as const, where};
  if (error.code === 'DUPLICATE_KEY') {
    const message = firstLine(error.message);
    return {...found, code: 'BH-YAML-002', message, remedy: 'Keep one of the two keys.'};
  }
  if (/call stack/i.test(error.message))
    return {
      ...found,
      message: 'nested too deeply to be read',
      remedy: 'Flatten the document: nobody can read this.',
    };
  const tab = indentingTab(text, at, error.pos[0]);
  if (tab)
    return {
      ...found,
      where: tab,
      message: 'a tab stands in the indentation',
      remedy: 'Indent with spaces: YAML allows no tabs there.',
    };
  return {...found, message: firstLine(error.message), remedy: 'Correct the YAML syntax at this place.'};
}

/** A tab that indents the line of an error or the one after it: the parser then complains of something else. */
function indentingTab(text: string, at: (offset: number) => Place, offset: number): Place | null {
  let start = text.lastIndexOf('\n', offset - 1) + 1;
  for (let lines = 0; lines < 2 && start < text.length; lines++) {
    const indent = /^[ \t]*/.exec(text.slice(start, start + 1000))![0];
    if (indent.includes('\t')) return at(start + indent.indexOf('\t'));
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  return null;
}

/** `__proto__` is no name for anything: schemas pass over it in silence, so what is below would be lost. */
function prototypeKeys(document: Document, at: (offset: number) => Place): Finding[] {
  const findings: Finding[] = [];
  visit(document, {
    Pair: (_, {key}) => {
      if (!isScalar(key) || key.value !== '__proto__') return;
      findings.push({
        code: 'BH-YAML-004',
        severity: 'high',
        message: '`__proto__` cannot be used as a name',
        where: at(key.range?.[0] ?? 0),
        remedy: 'Use another name: what stands under this one is passed over.',
      });
    },
  });
  return findings;
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
