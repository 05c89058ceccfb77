import {nearest} from '../document/nearest.ts';
import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {children} from './analyse.ts';
import type {CelNode} from './cel.ts';
import type {Expression} from './expression.ts';
import type {PolicySet} from './parse.ts';

/** Ids of the controls of a framework, as far as a catalogue of the user's own knows them. */
export type KnownControls = ReadonlyMap<string, ReadonlySet<string>>;

interface Written {
  expression: Expression;
  document: YamlDocument;
  path: (string | number)[];
  id: string;
}

/**
 * Sites that conditions name and nobody describes: a rule that forbids a misspelt site forbids nothing, and looks as if it
 * were kept.
 */
export function findUnknownSites(set: PolicySet, sites: readonly string[]): Finding[] {
  const known = new Set(sites);
  return allExpressions(set).flatMap(({expression, document, path, id}) =>
    namedSites(expression.tree)
      .filter((literal) => !known.has(literal.args as string))
      .map((literal): Finding => {
        const name = literal.args as string;
        const near = nearest(name, sites);
        const where = document.scalarPlace?.(path, literal.start) ?? document.place(path);
        return {
          code: 'BH-LINT-017',
          severity: 'medium',
          message: `no site is called "${name}"${near ? ` (did you mean \`${near}\`?)` : ''}: the comparison is never true`,
          where: {...where, id},
          remedy: `Correct the name, or describe the site. Known: ${sites.slice(0, 12).join(', ')}.`,
        };
      }),
  );
}

/** Mapped controls that the catalogue of their framework does not have. Frameworks without a catalogue are passed over. */
export function findUnknownControls({rules, policies}: PolicySet, controls: KnownControls): Finding[] {
  return rules.flatMap(({info, policy, path}) =>
    (info.mappings ?? []).flatMap(({framework, control}, index): Finding[] => {
      const known = controls.get(framework);
      if (!known || known.has(control)) return [];
      const near = nearest(control, [...known]);
      const {document} = policies[policy]!;
      return [
        {
          code: 'BH-LINT-033',
          severity: 'low',
          message: `rule ${info.id} maps to ${framework} ${control}, which the loaded catalogue does not have${near ? ` (did you mean \`${near}\`?)` : ''}`,
          where: {
            ...document.place([...path, 'mappings', index, 'control']),
            id: `${info.policy}/${info.id}`,
          },
          remedy:
            'Correct the id, or load the catalogue version it is from with `bulkhead policy catalog add`.',
        },
      ];
    }),
  );
}

function allExpressions(set: PolicySet): Written[] {
  const written: Written[] = [];
  const add = (
    expression: Expression | null,
    document: YamlDocument,
    path: (string | number)[],
    id: string,
  ): void => {
    // Most expressions name no site; the text tells without a walk.
    if (expression && /\b(site|current)\b/.test(expression.text) && /["']/.test(expression.text))
      written.push({expression, document, path, id});
  };
  for (const {document, match, name} of set.policies)
    match.forEach((expression, index) =>
      add(expression, document, ['spec', 'match', index, 'expression'], name),
    );
  for (const {info, policy, match, condition, score, path} of set.rules) {
    const {document, match: shared} = set.policies[policy]!;
    const id = `${info.policy}/${info.id}`;
    const given = match.length > shared.length ? match.at(-1)! : null;
    add(given, document, [...path, 'given'], id);
    add(condition, document, [...path, 'when'], id);
    add(score, document, [...path, 'score'], id);
  }
  for (const {id, match, document} of set.exceptions)
    add(match.condition, document, ['spec', 'match', 'expression'], id);
  for (const {limit, over, measure, document} of set.portfolio) {
    add(over, document, ['spec', 'over'], limit.name);
    add(measure, document, ['spec', 'measure'], limit.name);
  }
  return written;
}

/** Text literals that stand beside `site.id` or `current.id`. */
function namedSites(node: CelNode): CelNode[] {
  const inner = children(node).flatMap(namedSites);
  if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return inner;
  const [left, right] = node.args as [CelNode, CelNode];
  if (!isSiteId(left) && !(node.op !== 'in' && isSiteId(right))) return inner;
  const other = isSiteId(left) ? right : left;
  const literals = other.op === 'list' ? (other.args as CelNode[]) : [other];
  return [...inner, ...literals.filter(({op, args}) => op === 'value' && typeof args === 'string')];
}

function isSiteId({op, args}: CelNode): boolean {
  if (op !== '.') return false;
  const [object, name] = args as [CelNode, string];
  return name === 'id' && object.op === 'id' && (object.args === 'site' || object.args === 'current');
}
