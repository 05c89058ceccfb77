import type {CiOrganisation, CiRunners} from '../../model/identity-sections.ts';
import type {EdgeFacts} from '../builder.ts';
import type {BuildContext} from '../context.ts';
import {bareIssuer, issuerRoot, sharedIssuer, subjectNode} from '../issuers.ts';
import {addOperatedBy} from '../onprem/operators.ts';
import {vendorRoot} from '../onprem/vendors.ts';
import {reference} from '../references.ts';
import {actionMatches} from '../rights.ts';
import {PLATFORMS, type Platform} from './platforms.ts';

/** A token subject some trust of the inventory admits. */
interface Subject {
  node: string;
  text: string;
}

/**
 * Declared build platforms: the organisation over its token subjects and stored secrets, machines that run its jobs, and
 * whoever runs the platform. Drawn last, when all clouds have named the subjects they admit.
 */
export function addDelivery(context: BuildContext): void {
  const declared = context.estate.identity.flatMap(({ci}) => ci ?? []);
  if (declared.length === 0) return;
  const known = [...context.graph.nodes()].filter(({subKind}) => subKind === 'ciSubject').map(({id}) => id);
  for (const ci of declared) addOrganisation(context, ci, known);
}

function addOrganisation(context: BuildContext, ci: CiOrganisation, known: readonly string[]): void {
  const {graph} = context;
  const {platform, organisation, servers, runners, secretsStored, operatedBy, place} = ci;
  const standard = Object.hasOwn(PLATFORMS, platform) ? PLATFORMS[platform]! : null;
  const issuer = ci.issuer ?? standard?.issuer ?? null;
  const org = graph.root(
    organisationRoot(ci, standard),
    `${platform} organisation ${organisation}`,
    'gitOrg',
  );
  const subjects = issuer === null ? [] : subjectsOf(context, {ci, issuer, known});
  for (const {node, text} of subjects)
    graph.edge(org, node, 'ISSUES', {
      evidence: `sub = ${text} admits ${organisation}`,
      bound: 'workload',
      place,
    });
  if (issuer !== null) {
    const root = issuerRoot(graph, issuer, 'oidc');
    graph.edge(root, org, 'GOVERNS', {evidence: `issuer = ${issuer}`, bound: 'workload', place});
    for (const id of reference(context, servers, 'ci.servers', place))
      graph.edge(id, root, 'HOSTS_ROOT', {
        evidence: `servers of ${platform}: sign its job tokens`,
        bound: 'workload',
        place,
      });
  }
  for (const id of reference(context, servers, 'ci.servers', place))
    graph.edge(id, org, 'HOSTS_ROOT', {evidence: `servers of ${platform}`, bound: 'workload', place});
  for (const id of reference(context, secretsStored, 'ci.secretsStored', place))
    graph.edge(org, id, 'STORES_SECRET', {
      evidence: `secretsStored in ${platform} ${organisation}`,
      bound: 'workload',
      place,
    });
  for (const group of runners) addRunners(context, ci, group, {org, issuer, subjects});
  addOperatedBy(context, operatedBy, org, place);
  // Whoever installed the platform themselves is not its maker's customer in this sense.
  if (
    servers.length === 0 &&
    (ci.issuer === null || sharedIssuer(ci.issuer) !== null || standard?.issuer === null)
  ) {
    const maker = standard?.vendor ?? platform;
    graph.edge(graph.root(vendorRoot(maker), `vendor ${maker}`, 'vendor'), org, 'CONTROL_PLANE', {
      evidence: `${platform} is run by ${maker} for many customers: a fault in its service or an insider`,
      level: 2,
      bound: 'workload',
      place,
    });
  }
}

/** The same id that token subjects of the organisation hang under. */
function organisationRoot(
  {issuer, platform, organisation}: CiOrganisation,
  standard: Platform | null,
): string {
  const own =
    issuer !== null && (standard === null || issuer !== standard.issuer)
      ? bareIssuer(issuer).split('/')[0]!
      : null;
  const host = own !== null && sharedIssuer(issuer!) === null ? own : (standard?.host ?? own ?? platform);
  return `git-org:${host}/${organisation.toLowerCase()}`;
}

/** Subjects of the issuer that jobs of the organisation can bear. */
function subjectsOf(
  {graph}: BuildContext,
  {ci, issuer, known}: {ci: CiOrganisation; issuer: string; known: readonly string[]},
): Subject[] {
  const prefix = `${issuerRoot(graph, issuer, 'oidc')}#`;
  // An issuer that names its customer signs for nobody else.
  const exclusive = sharedIssuer(issuer) !== null && bareIssuer(issuer).includes('/');
  return known.flatMap((node): Subject[] => {
    if (!node.startsWith(prefix)) return [];
    const text = node.slice(prefix.length);
    return exclusive || admits(text, ci.organisation) ? [{node, text}] : [];
  });
}

/** Whether a subject or pattern of it can be one of the organisation: `repo:octo/app:*`, `repo:oc*`, `*`. */
function admits(subject: string, organisation: string): boolean {
  if (/^[*?]/.test(subject)) return true;
  const owner = subject.replace(/^[^:]*:/, '').split(/[/:]/)[0] ?? '';
  return actionMatches(owner, organisation);
}

interface Home {
  org: string;
  issuer: string | null;
  subjects: Subject[];
}

/** Jobs run with the machine's means, and the machine can ask for the tokens of every job it runs. */
function addRunners(
  context: BuildContext,
  {platform, organisation, place}: CiOrganisation,
  {servers, selfHosted, serves}: CiRunners,
  {org, issuer, subjects}: Home,
): void {
  if (!selfHosted) return;
  const {graph} = context;
  const machines = reference(context, servers, 'ci.runners.servers', place);
  for (const id of machines)
    graph.edge(org, id, 'EXECUTES', {
      evidence: `runners of ${platform} ${organisation}: whoever changes a build runs code on them`,
      bound: 'workload',
      place,
    });
  if (Array.isArray(serves)) {
    for (const pattern of serves) {
      const admitted = subjects.filter(
        ({text}) => actionMatches(pattern, text) || actionMatches(text, pattern),
      );
      const nodes = new Set(admitted.map(({node}) => node));
      if (issuer !== null && !/^\*+$/.test(pattern)) nodes.add(subjectNode(graph, issuer, pattern));
      for (const id of machines)
        for (const node of nodes)
          graph.edge(id, node, 'HOSTS_ROOT', {
            evidence: `runner serves ${pattern}`,
            bound: 'workload',
            place,
          });
    }
    return;
  }
  const all = graph.node(
    `${org}#subjects`,
    'container',
    'ciSubjects',
    `all jobs of ${organisation} on ${platform}`,
  );
  for (const {node, text} of subjects)
    graph.edge(all, node, 'CONTAINS', {
      evidence: `sub = ${text} admits ${organisation}`,
      bound: 'workload',
      place,
    });
  const facts: EdgeFacts =
    serves === 'all'
      ? {evidence: 'runner serves all', bound: 'workload', place}
      : {
          evidence: 'which jobs the runner serves is not stated',
          bound: 'workload',
          place,
          gap: {
            id: `gap:runner-scope:${org}`,
            question: `May self-hosted runners of ${organisation} on ${platform} run jobs of every repository?`,
            about: org,
            input: 'ci.runners.serves',
            remedy: 'Look up the runner groups and state `serves` as `all` or the list of token subjects.',
            certainty: 'conditional',
          },
        };
  for (const id of machines) graph.edge(id, all, 'HOSTS_ROOT', facts);
}
