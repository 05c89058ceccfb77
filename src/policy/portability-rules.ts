import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {portabilityHeader, portabilityRuleSchema} from '../model/documents/portability.ts';
import type {Portability} from '../model/policy.ts';
import {checkDocument} from '../document/check.ts';
import type {CelEngine} from './cel.ts';
import {compileExpression, type Expression} from './expression.ts';
import type {Re2} from './re2.ts';
import {compileTemplate, type Template} from './template.ts';

/** A row of the portability table. A row that does not compile has no condition and makes what it would decide unknown. */
export interface CompiledPortability {
  id: string;
  pack: string | null;
  verdict: Portability;
  condition: Expression | null;
  reason: Template;
}

/** Compiles a `PortabilityRules` document row by row; broken rows are kept and findings tell. */
export function compilePortability(
  document: YamlDocument,
  pack: string | null,
  engine: CelEngine,
  re2: Re2 | undefined,
): {rules: CompiledPortability[]; findings: Finding[]} {
  const header = checkDocument(portabilityHeader, document);
  const findings: Finding[] = header.findings.map((finding) => ({...finding, partial: true}));
  if (!header.value) return {rules: [], findings};
  const name = header.value.metadata.name;
  const scope = {engine: engine.withParams({}), params: {}, re2};
  const rules = header.value.spec.rules.map((value, index): CompiledPortability => {
    const path = ['spec', 'rules', index];
    const checked = checkDocument(portabilityRuleSchema, {
      value,
      place: (inner) => document.place([...path, ...inner]),
    });
    findings.push(...checked.findings.map((finding) => ({...finding, partial: true})));
    const row = checked.value;
    if (!row) {
      const reason = {parts: [`row ${index + 1} of ${name} is broken`]};
      return {id: `${name}#${index + 1}`, pack, verdict: 'unknown', condition: null, reason};
    }
    const origin = (field: string) => ({
      document,
      path: [...path, field],
      offset: 0,
      id: `${name}/${row.id}`,
    });
    const condition = compileExpression(String(row.when), 'bool', scope, origin('when'));
    const reason = compileTemplate(row.reason, scope, origin('reason'));
    const problems = [...condition.findings, ...reason.findings];
    findings.push(
      ...problems.map((finding) => (condition.expression ? finding : {...finding, partial: true})),
    );
    return {id: row.id, pack, verdict: row.verdict, condition: condition.expression, reason: reason.template};
  });
  return {rules, findings};
}
