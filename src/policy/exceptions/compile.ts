import {checkDocument} from '../../document/check.ts';
import {nearest} from '../../document/nearest.ts';
import type {Finding, Place} from '../../model/common.ts';
import type {YamlDocument} from '../../model/decoded.ts';
import {
  policyExceptionDocument,
  type PolicyExceptionDocument,
} from '../../model/documents/policy-exception.ts';
import {compileExpression, type Scope} from '../expression.ts';
import type {CompiledRule} from '../rule.ts';

/** An exception that can be read. Whether it holds on a given day is asked of {@link exceptionState}. */
export interface CompiledException {
  id: string;
  source: PolicyExceptionDocument['spec'];
  /** Indices of its rules in the set, once they are known. */
  rules: number[];
  /** What it covers, as a rule that "fails" where the exception applies. */
  match: CompiledRule;
  document: YamlDocument;
  place: Place;
}

/** Checks one document. Null with findings when it cannot be used: then it has no effect, and says so. */
export function compileException(
  document: YamlDocument,
  scope: Scope,
): {exception: CompiledException | null; findings: Finding[]} {
  const checked = checkDocument(policyExceptionDocument, document);
  if (!checked.value) return {exception: null, findings: [...checked.findings, unusable(document)]};
  const id = (checked.value.metadata as {name?: string} | undefined)?.name;
  if (id === undefined) return {exception: null, findings: [nameless(document)]};
  const {spec} = checked.value;
  const origin = {document, path: ['spec', 'match', 'expression'], offset: 0, id};
  const {expression, findings} = compileExpression(String(spec.match.expression), 'bool', scope, origin);
  if (!expression) return {exception: null, findings: [...findings, unusable(document)]};
  const place = document.place(['metadata', 'name']);
  const match: CompiledRule = {
    info: {
      id,
      title: id,
      policy: id,
      pack: null,
      effect: 'forbid',
      severity: 'info',
      weight: 0,
      onUnknown: 'ignore',
      source: null,
      verification: null,
      place,
      broken: false,
    },
    policy: -1,
    match: [],
    condition: expression,
    score: null,
    message: null,
    source: null,
    path: [],
  };
  return {exception: {id, source: spec, rules: [], match, document, place}, findings};
}

/** Gives every exception the indices of its rules; names nobody knows and ids used twice are findings. */
export function linkExceptions(
  exceptions: readonly CompiledException[],
  rules: readonly CompiledRule[],
): {exceptions: CompiledException[]; findings: Finding[]} {
  const findings: Finding[] = [];
  const seen = new Map<string, CompiledException>();
  const known = rules.map(({info}) => info.id);
  const indexOf = new Map<string, number>();
  rules.forEach(({info: {id, policy}}, index) => {
    for (const name of [id, `${policy}/${id}`]) if (!indexOf.has(name)) indexOf.set(name, index);
  });
  const linked = exceptions.flatMap((exception): CompiledException[] => {
    const first = seen.get(exception.id);
    if (first) {
      findings.push(duplicate(exception, first));
      return [];
    }
    seen.set(exception.id, exception);
    const indices = exception.source.rules.flatMap((name, position) => {
      const index = indexOf.get(name);
      if (index !== undefined) return [index];
      const near = nearest(name.slice(name.lastIndexOf('/') + 1), known);
      findings.push({
        code: 'BH-EXC-008',
        severity: 'high',
        message: `exception ${exception.id} names rule \`${name}\`, which is not loaded${near ? ` (did you mean \`${near}\`?)` : ''}`,
        where: {...exception.document.place(['spec', 'rules', position]), id: exception.id},
        remedy: 'Correct the rule id, or load the policy or pack it is in.',
      });
      return [];
    });
    return [{...exception, rules: [...new Set(indices)]}];
  });
  return {exceptions: linked, findings};
}

function duplicate(exception: CompiledException, first: CompiledException): Finding {
  return {
    code: 'BH-EXC-009',
    severity: 'high',
    message: `exception \`${exception.id}\` is already defined at ${first.place.file}:${first.place.line}: this one has no effect`,
    where: {...exception.place, id: exception.id},
    remedy: 'Give every exception a name of its own.',
  };
}

function nameless(document: YamlDocument): Finding {
  return {
    code: 'BH-EXC-010',
    severity: 'high',
    message: 'the exception has no `metadata.name`: it has no effect',
    where: document.place(['metadata']),
    remedy: 'Add `metadata: {name: EX-…}`.',
    partial: true,
  };
}

function unusable(document: YamlDocument): Finding {
  return {
    code: 'BH-EXC-010',
    severity: 'high',
    message: 'the exception cannot be used: it has no effect',
    where: document.place(['metadata', 'name']),
    remedy: 'Correct the problems reported for this document.',
    partial: true,
  };
}
