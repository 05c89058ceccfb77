import {checkDocument} from '../document/check.ts';
import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {
  portfolioConstraintDocument,
  type PortfolioConstraintDocument,
} from '../model/documents/portfolio-constraint.ts';
import type {PortfolioLimit} from '../model/policy.ts';
import type {CelEngine} from './cel.ts';
import {compileExpression, type Expression, type Scope} from './expression.ts';
import {readParameters, type Parameters} from './params.ts';

type Spec = PortfolioConstraintDocument['spec'];
type Limit = Omit<PortfolioLimit, 'groupOf' | 'measure'>;
type Most = PortfolioLimit['limit'];

/** A readable constraint, not yet looked at with any workload. */
export interface CompiledPortfolio {
  limit: Limit;
  /** Its parameters, as a policy has them. */
  parameters: Parameters;
  engine: CelEngine;
  document: YamlDocument;
  /** The number as an expression over the parameters; null = it is written as a number. */
  most: Expression | null;
  groupBy: NonNullable<Spec['groupBy']>;
  over: Expression | null;
  measure: Expression | null;
}

/** Checks one document. Null with findings when it cannot be used: then it limits nothing, and says so. */
export function compilePortfolio(
  document: YamlDocument,
  pack: string | null,
  base: Scope,
): {constraint: CompiledPortfolio | null; findings: Finding[]} {
  const checked = checkDocument(portfolioConstraintDocument, document);
  const name = (checked.value?.metadata as {name?: string} | undefined)?.name;
  if (!checked.value || name === undefined)
    return {constraint: null, findings: [...checked.findings, unusable(document)]};
  const {spec} = checked.value;
  const {parameters, findings} = readParameters(spec.params ?? {}, document, name);
  const engine = base.engine.withParams(parameters.types);
  const scope = {...base, engine, params: parameters.fields};
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
  const most = compileMost(spec.limit, document, name, scope);
  findings.push(...most.findings);
  if (most.text !== null && !most.expression) usable = false;
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
    limit: withNumber(spec.limit, typeof most.number === 'number' ? most.number : Number.NaN),
    unit: spec.unit ?? (measure ? 'units' : 'workloads'),
  };
  const groupBy = spec.groupBy ?? 'site.providerGroup';
  return {
    constraint: {limit, parameters, engine, document, most: most.expression, groupBy, over, measure},
    findings,
  };
}

const FIELDS = ['share', 'amount', 'perMonth'] as const;

/** The field of a limit that holds its number. */
function fieldOf(limit: object): (typeof FIELDS)[number] {
  return FIELDS.find((field) => field in limit)!;
}

function withNumber(limit: Spec['limit'] | Most, number: number): Most {
  if ('perMonth' in limit) return {perMonth: number, currency: limit.currency};
  return 'share' in limit ? {share: number} : {amount: number};
}

function compileMost(limit: Spec['limit'], document: YamlDocument, id: string, scope: Scope) {
  const field = fieldOf(limit);
  const given: unknown = (limit as Record<string, unknown>)[field];
  if (typeof given !== 'string') return {text: null, number: given, expression: null, findings: []};
  const path = ['spec', 'limit', field];
  const {expression, findings} = compileExpression(given, 'number', scope, {document, path, offset: 0, id});
  const other = expression?.reads.find((read) => !read.path.startsWith('params.'));
  if (!other) return {text: given, number: null, expression, findings};
  const text = `\`limit.${field}\` reads \`${other.path}\`: it is one number, made of \`params\` alone`;
  return {
    text: given,
    number: null,
    expression: null,
    findings: [...findings, problem(document, path, text)],
  };
}

/**
 * Puts the numbers in, once all profiles have set the parameters. A constraint whose number is none, negative or a share
 * above one is left out with its place; the same for a name that is taken.
 */
export function resolveLimits(constraints: readonly CompiledPortfolio[]): {
  constraints: CompiledPortfolio[];
  findings: Finding[];
} {
  const findings: Finding[] = [];
  const names = new Map<string, CompiledPortfolio>();
  const kept = constraints.flatMap((constraint): CompiledPortfolio[] => {
    const {limit, most, engine, parameters, document} = constraint;
    const first = names.get(limit.name);
    if (first) {
      const {file, line} = first.limit.place;
      const text = `limit \`${limit.name}\` is already defined at ${file}:${line}: this one limits nothing`;
      findings.push({
        ...problem(document, ['metadata', 'name'], text),
        remedy: 'Give every limit a name of its own.',
      });
      return [];
    }
    names.set(limit.name, constraint);
    if (!most) return [constraint];
    const found = most.evaluate({params: engine.object('Params', parameters.values)});
    const number = typeof found === 'bigint' ? Number(found) : found;
    const field = fieldOf(limit.limit);
    const usable = typeof number === 'number' && number >= 0 && (field !== 'share' || number <= 1);
    if (usable) return [{...constraint, limit: {...limit, limit: withNumber(limit.limit, number)}}];
    const wanted = field === 'share' ? 'a share from 0 to 1' : 'a number that is not negative';
    const text = `limit \`${limit.name}\`: \`${most.text}\` is ${String(found)}, not ${wanted}`;
    findings.push(
      {
        ...problem(document, ['spec', 'limit', field], text),
        remedy: 'Correct the parameter where it is set.',
      },
      unusable(document),
    );
    return [];
  });
  return {constraints: kept, findings};
}

/** A share of one: every group may hold everything. */
export function limitsNothing({limit}: CompiledPortfolio): boolean {
  return 'share' in limit.limit && limit.limit.share >= 1;
}

/** Said in every run: a limit nobody put a number to looks like one that is kept. */
export function unsetLimit({limit, parameters}: CompiledPortfolio): Finding {
  const names = Object.keys(parameters.declared);
  return {
    code: 'BH-POL-021',
    severity: 'info',
    message: `limit ${limit.name} has no number yet (share 1), so nothing is limited by it`,
    where: {...limit.place, id: limit.name},
    remedy:
      names.length > 0
        ? `Decide on the share and set parameter \`${names.join('`, `')}\` in a profile.`
        : 'Decide on the share and write it under `limit`.',
  };
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
