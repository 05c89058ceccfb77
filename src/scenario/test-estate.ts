import {buildEstate} from '../estate/build.ts';
import {currentSites} from '../estate/current-site.ts';
import {registerLookup} from '../estate/register-lookup.ts';
import {parseSites} from '../document/sites.ts';
import {buildIdentityGraph} from '../identity/build.ts';
import type {IdentityOptions} from '../identity/context.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import type {Estate, Facts, Intake} from '../model/estate.ts';
import {emptyFacts} from '../model/facts.ts';
import type {IdentityGraph} from '../model/exposure.ts';
import type {Scenario} from '../model/scenario.ts';
import type {SensitivityResult} from '../model/sensitivity.ts';
import {controllingRoots} from '../policy/controlling-roots.ts';
import type {PolicyContext} from '../policy/context.ts';
import {assessSensitivity} from '../sensitivity/assess.ts';
import type {SensitivityRules} from '../sensitivity/rules.ts';
import {mapDocuments} from '../sources/declared/documents.ts';
import {mapInventoryYaml} from '../sources/inventory/document.ts';
import {neutralFact} from './neutral-facts.ts';

type Given = Scenario['spec']['tests'][number]['given'];

/** The shipped parameters a test estate is built with. */
export interface TestParameters {
  rules: SensitivityRules;
  identity: IdentityOptions;
}

/** A small estate, scored as far as scenarios look. */
export interface TestEstate {
  estate: Estate;
  graph: IdentityGraph;
  sensitivity: SensitivityResult;
  context: PolicyContext;
}

/** Builds the estate of one test through the same stages as a run. Findings hold what its documents get wrong. */
export function buildTestEstate(
  given: Omit<Given, 'before'> & {register?: Record<string, unknown>},
  {rules, identity}: TestParameters,
  file: string,
): Outcome<TestEstate> {
  const intakes: Intake[] = [
    ...(given.inventory ? [read('Inventory', {source: 'test', ...given.inventory}, file)] : []),
    ...(given.identity ? [read('Identity', given.identity, file)] : []),
    ...(given.register ? [read('Register', given.register, file)] : []),
    ...(given.facts ? [factIntake(given.facts, file)] : []),
  ];
  const sites = parseSites((given.sites ?? []).map((spec, at) => siteDocument(spec, at, file)));
  const {estate, findings} = buildEstate(intakes, {applicationTags: ['application']});
  const {siteOf} = currentSites(estate, sites.value);
  const sensitivity = assessSensitivity(estate, rules, {governedTags: [], unknownAs: 2, now: identity.now});
  const graph = buildIdentityGraph(estate, sites.value, siteOf, identity);
  return {
    value: {
      estate,
      graph: graph.value,
      sensitivity: sensitivity.value,
      context: {
        estate,
        sensitivity: sensitivity.value,
        exposure: null,
        sites: sites.value,
        siteOf,
        siteRoots: controllingRoots(sites.value, graph.value, estate.identity),
        registerOf: registerLookup(estate),
        now: new Date(identity.now),
        unknownAs: 2,
      },
    },
    findings: [...intakes.flatMap((intake) => intake.findings), ...sites.findings, ...findings].filter(
      isError,
    ),
  };
}

/** Problems of the test's own documents; what the stages find about the estate is not the test's business. */
function isError({severity, code}: Finding): boolean {
  return (severity === 'high' || severity === 'critical') && /^BH-(?:DOC|INV|EST|YAML|SITE)-/.test(code);
}

function read(kind: 'Inventory' | 'Identity' | 'Register', spec: unknown, file: string): Intake {
  const document = documentOf(kind, spec, {name: 'test'}, file);
  const decoded = {kind: 'yaml' as const, documents: [document]};
  const input = {path: file, display: `${file}#${kind}`, sha256: '', size: 0};
  return kind === 'Inventory'
    ? mapInventoryYaml(decoded, input, 'test')
    : mapDocuments(kind === 'Identity' ? 'declared.identity' : 'declared.register', decoded, input);
}

function siteDocument(spec: Record<string, unknown>, at: number, file: string): YamlDocument {
  const {name, ...rest} = spec;
  return documentOf('Site', rest, {name: typeof name === 'string' ? name : `site-${at + 1}`}, file);
}

function documentOf(kind: string, spec: unknown, metadata: object, file: string): YamlDocument {
  return {
    value: {apiVersion: 'bulkhead.dev/v1alpha1', kind, metadata, spec},
    place: (path) => ({file, pointer: `/${path.join('/')}`}),
  };
}

function factIntake(given: NonNullable<Given['facts']>, file: string): Intake {
  const facts = emptyFacts();
  const findings: Finding[] = [];
  for (const [collection, records] of Object.entries(given)) {
    if (!Object.hasOwn(facts, collection)) {
      findings.push({
        code: 'BH-DOC-002',
        severity: 'high',
        message: `unknown collection of facts \`${collection}\``,
        where: {file},
        remedy: `Use one of: ${Object.keys(facts).join(', ')}.`,
      });
      continue;
    }
    const list = facts[collection as keyof Facts] as unknown[];
    for (const record of records) list.push(neutralFact(collection as keyof Facts, record, file));
  }
  const source = {
    id: 'scenario.facts:test',
    format: 'scenario.facts',
    cloud: 'declared' as const,
    file,
    sha256: '',
    scopes: ['test'],
  };
  return {source, facts, provenance: [], ledger: [], findings};
}
