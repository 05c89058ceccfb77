import {checkDocument} from '../document/check.ts';
import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {
  portfolioConstraintDocument,
  type PortfolioConstraintDocument,
} from '../model/documents/portfolio-constraint.ts';
import type {PortfolioLimit} from '../model/policy.ts';
import {compileExpression, type Expression, type Scope} from './expression.ts';

type Spec = PortfolioConstraintDocument['spec'];
type Limit = Omit<PortfolioLimit, 'groupOf' | 'measure'>;

/** A readable constraint, not yet looked at with any workload. */
export interface CompiledPortfolio {
  limit: Limit;
  groupBy: NonNullable<Spec['groupBy']>;
  over: Expression | null;
  measure: Expression | null;
}

/** Checks one document. Null with findings when it cannot be used: then it limits nothing, and says so. */
export function compilePortfolio(
  document: YamlDocument,
  pack: string | null,
  scope: Scope,
): {constraint: CompiledPortfolio | null; findings: Finding[]} {
  const checked = checkDocument(portfolioConstraintDocument, document);
  const name = (checked.value?.metadata as {name?: string} | undefined)?.name;
  if (!checked.value || name === undefined)
    return {constraint: null, findings: [...checked.findings, unusable(document)]};
  const {spec} = checked.value;
  const findings: Finding[] = [];
  let usable = true;
  const compile = (field: 'over' | 'measure', wanted: 'bool' | 'number'): Expression | null => {
    const text = spec[field];
    if (text === undefined) return null;
    const origin = {document, path: ['spec', field], offset: 0, id: name};
    const compiled = compileExpression(String(text), wanted, scope, origin);
    findings.push(...compiled.findings);
    if (!compiled.expression) usable = false;
    if (!compiled.expression?.bySite) return compiled.expression;
    findings.push(
      problem(document, ['spec', field], `\`${field}\` speaks of \`site\`: it is about workloads`),
    );
    usable = false;
    return null;
  };
  const [over, measure] = [compile('over', 'bool'), compile('measure', 'number')];
  if ('perMonth' in spec.limit && (spec.measure !== undefined || spec.groupBy !== undefined)) {
    findings.push(problem(document, ['spec', 'limit'], '`perMonth` has neither `measure` nor `groupBy`'));
    usable = false;
  }
  if (!usable) return {constraint: null, findings: [...findings, unusable(document)]};
  const limit: Limit = {
    name,
    pack,
    severity: spec.severity ?? 'high',
    place: document.place(['spec', 'limit']),
    limit: spec.limit,
    unit: spec.unit ?? (measure ? 'units' : 'workloads'),
  };
  return {constraint: {limit, groupBy: spec.groupBy ?? 'site.providerGroup', over, measure}, findings};
}

function problem(document: YamlDocument, path: (string | number)[], message: string): Finding {
  return {
    code: 'BH-LINT-050',
    severity: 'high',
    message,
    where: document.place(path),
    remedy: 'See `bulkhead policy schema PortfolioConstraint`.',
  };
}

function unusable(document: YamlDocument): Finding {
  return {
    code: 'BH-POL-020',
    severity: 'high',
    message: 'this limit cannot be used: the plan is made without it',
    where: document.place(['kind']),
    remedy: 'Correct the problems reported for it; `bulkhead policy lint` shows them.',
    partial: true,
  };
}
