import {nearest} from '../../document/nearest.ts';
import type {Finding} from '../../model/common.ts';
import type {YamlDocument} from '../../model/decoded.ts';
import type {PolicyTestSpec} from '../../model/documents/policy-test.ts';
import type {CompiledException} from '../exceptions/compile.ts';
import {parameterValue, rangeProblem, type Parameters} from '../params.ts';
import type {PolicySet} from '../parse.ts';
import {resolveLimits} from '../portfolio-limit.ts';

/** Policies by name, else of the same pack, else of the same file, else everything that is not shipped. */
export function policiesUnderTest(
  {policies}: PolicySet,
  file: PolicySet['tests'][number]['file'],
  document: YamlDocument,
  spec: PolicyTestSpec,
  findings: Finding[],
): Set<number> {
  const where = (which: (policy: PolicySet['policies'][number]) => boolean) =>
    new Set(policies.flatMap((policy, index) => (which(policy) ? [index] : [])));
  if (spec.policies) {
    const names = policies.map(({name}) => name);
    for (const [index, name] of spec.policies.entries()) {
      if (names.includes(name)) continue;
      const near = nearest(name, names);
      const text = `no policy \`${name}\` is loaded${near ? ` (did you mean \`${near}\`?)` : ''}`;
      findings.push(problem(document, ['spec', 'policies', index], text, 'Name its file or pack, too.'));
    }
    return where(({name}) => spec.policies!.includes(name));
  }
  if (file.pack !== null) return where(({pack}) => pack === file.pack);
  const same = where((policy) => policy.file === file.file);
  return same.size > 0 ? same : where((policy) => !policy.file.startsWith('pack:'));
}

/** Exceptions by name: the listed ones, else every one a case speaks of. */
export function exceptionsUnderTest(
  {exceptions}: PolicySet,
  {exceptions: listed, cases = [], place = []}: PolicyTestSpec,
  document: YamlDocument,
  findings: Finding[],
): CompiledException[] {
  const known = exceptions.map(({id}) => id);
  const told = (path: (string | number)[], name: string): void => {
    if (known.includes(name)) return;
    const near = nearest(name, known);
    const text = `no exception \`${name}\` is loaded${near ? ` (did you mean \`${near}\`?)` : ''}`;
    findings.push(problem(document, ['spec', ...path], text, 'Name its file, too.'));
  };
  listed?.forEach((name, index) => told(['exceptions', index], name));
  const named = new Set(listed);
  cases.forEach(({expectExcepted = {}}, index) => {
    for (const [rule, name] of Object.entries(expectExcepted)) {
      told(['cases', index, 'expectExcepted', rule], name);
      named.add(name);
    }
  });
  place.forEach(({expectExcepted: name}, index) => {
    if (name === undefined) return;
    told(['place', index, 'expectExcepted'], name);
    named.add(name);
  });
  return exceptions.filter(({id}) => named.has(id));
}

/** Limits of the packs and files whose policies are under test. */
export function limitsUnderTest(
  set: PolicySet,
  under: ReadonlySet<number>,
  file: PolicySet['tests'][number]['file'],
): PolicySet['portfolio'] {
  const policies = [...under].map((index) => set.policies[index]!);
  const packs = new Set(policies.flatMap(({pack}) => pack ?? []));
  const files = new Set([...policies.map((policy) => policy.file), file.file]);
  return set.portfolio.filter(({limit: {pack, place}}) =>
    pack === null ? files.has(place.file ?? '') : packs.has(pack),
  );
}

/** The set with the parameters of the test in the policies and limits under test. */
export function withParameters(
  set: PolicySet,
  under: ReadonlySet<number>,
  {params = {}}: PolicyTestSpec,
  document: YamlDocument,
  findings: Finding[],
): PolicySet {
  const known = new Set<string>();
  const wrong = new Set<string>();
  const given = (parameters: Parameters): Parameters => {
    const values = {...parameters.values};
    for (const [name, value] of Object.entries(params)) {
      const type = parameters.declared[name];
      if (!type) continue;
      known.add(name);
      const typed = parameterValue(type, value);
      const problemOfRange = rangeProblem(name, typed, parameters.ranges[name]);
      if (typed !== undefined && problemOfRange === null) values[name] = typed;
      else if (!wrong.has(name)) {
        wrong.add(name);
        const text = problemOfRange ?? `\`${name}\` is not of type ${type}`;
        findings.push(problem(document, ['spec', 'params', name], text));
      }
    }
    return {...parameters, values};
  };
  const policies = set.policies.map((policy, index) =>
    under.has(index) ? {...policy, parameters: given(policy.parameters)} : policy,
  );
  const portfolio = set.portfolio.map((limit) => ({...limit, parameters: given(limit.parameters)}));
  const owners = [...[...under].map((index) => set.policies[index]!), ...set.portfolio];
  const names = owners.flatMap(({parameters}) => Object.keys(parameters.declared));
  for (const name of Object.keys(params)) {
    if (known.has(name)) continue;
    const near = nearest(name, names);
    const text = `no policy under test has a parameter \`${name}\`${near ? ` (did you mean \`${near}\`?)` : ''}`;
    findings.push(problem(document, ['spec', 'params', name], text));
  }
  const resolved = resolveLimits(portfolio);
  findings.push(...resolved.findings);
  return {...set, policies, portfolio: resolved.constraints};
}

/** Something wrong with the test document itself. */
export function problem(
  document: YamlDocument,
  path: (string | number)[],
  message: string,
  remedy = 'Correct the test.',
): Finding {
  return {code: 'BH-PT-001', severity: 'high', message, where: document.place(path), remedy};
}
