import type {GraphBuilder} from '../builder.ts';
import {bareIssuer, isOpenSubject, samlSigners, sharedIssuer, subjectNode} from '../issuers.ts';
import {ANYONE} from '../node-ids.ts';
import type {Aws} from './engine.ts';
import {identityCenterRoot} from './identity-center-root.ts';
import type {Statement} from './policy/index.ts';
import {type Trusting, draw} from './trusting.ts';
import type {Chance} from './ways.ts';

/** Issuers whose audience names one application of one customer, so that it limits as a subject does. */
const APPLICATION_ISSUERS = [
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'graph.facebook.com',
  'www.amazon.com',
];

/** Roles that trust what an identity provider signs. */
export function addFederated(aws: Aws, trusting: Trusting, provider: string): void {
  const because = `Principal.Federated = ${provider}`;
  if (provider.includes(':saml-provider/')) return addSaml(aws, trusting, provider, because);
  const {context} = aws;
  const {graph} = context;
  const known = context.estate.identityProviders.find(({id}) => id === `aws:${provider}`);
  const issuer = known?.issuer ?? provider.replace(/^arn:[^:]+:iam::\d{12}:oidc-provider\//, '');
  const bare = bareIssuer(issuer);
  const chance = federated(trusting.statement, bare);
  const subjects = subjectsOf(trusting.statement, bare);
  if (subjects.length === 0) {
    const application = APPLICATION_ISSUERS.includes(bare) ? valuesOf(trusting.statement, bare, 'aud') : [];
    for (const audience of application)
      draw(aws, subjectNode(graph, issuer, `aud:${audience}`), trusting, chance, because);
    if (application.length === 0)
      draw(aws, subjectNode(graph, issuer, null), trusting, chance, `${because}, any subject`);
    if (bare === 'cognito-identity.amazonaws.com') addGuests(aws, trusting, because);
    if (application.length === 0) addOpen(aws, trusting, issuer, [], chance);
    return;
  }
  for (const subject of subjects)
    draw(aws, subjectNode(graph, issuer, subject), trusting, chance, `${because}, sub = ${subject}`);
  const open = subjects.filter((subject) => isOpenSubject(issuer, subject));
  if (open.length > 0) addOpen(aws, trusting, issuer, subjects, chance);
}

function addSaml(aws: Aws, trusting: Trusting, provider: string, because: string): void {
  const {graph, estate} = aws.context;
  const chance = federated(trusting.statement, 'saml');
  const name = provider.slice(provider.lastIndexOf('/') + 1);
  if (name.startsWith('AWSSSO_')) {
    return draw(aws, identityCenterRoot(aws, trusting.role), trusting, chance, because);
  }
  const known = estate.identityProviders.find(({id}) => id === `aws:${provider}`);
  if (known?.disabled === true) return;
  for (const signer of samlSigners(graph, known?.issuer ?? null, known?.publicKeySha256 ?? [], provider))
    draw(aws, named(graph, signer, provider, name), trusting, chance, because);
}

/** A provider whose metadata is not in the source is called by its name. */
function named(graph: GraphBuilder, signer: string, provider: string, name: string): string {
  return signer === `saml:${provider}` ? graph.root(signer, name) : signer;
}

/** Keys of a token are written by who signs it; everything else must be passed. */
function federated({conditions}: Statement, issuer: string): Chance {
  let level: 0 | 1 = 0;
  let certain = true;
  const because: string[] = [];
  for (const {key, keyName, values} of conditions) {
    if (key.startsWith(`${issuer.toLowerCase()}:`) || key.startsWith('saml:') || TOKEN_KEYS.test(key))
      continue;
    because.push(`if ${keyName} is ${values.join(' or ')}`);
    certain = false;
    if (NETWORK.test(key)) level = 1;
  }
  return {ways: [{level, certainty: certain ? 'certain' : 'conditional'}], because};
}

const TOKEN_KEYS =
  /^(?:aws:requesttag\/|aws:tagkeys$|sts:|aws:federatedprovider$|.*:(?:aud|sub|amr|iss|oaud|azp)$)/;
const NETWORK = /^aws:(?:sourceip|vpcsourceip|sourcevpce?)$/;

/** Subjects a statement limits a trust to; empty = none. */
function subjectsOf(statement: Statement, issuer: string): string[] {
  return valuesOf(statement, issuer, 'sub');
}

function valuesOf({conditions}: Statement, issuer: string, claim: string): string[] {
  const key = `${issuer.toLowerCase()}:${claim}`;
  const tests = conditions.filter(
    (test) =>
      test.key === key &&
      /^string(?:equals|like|equalsignorecase)$/.test(test.operator) &&
      test.quantifier !== 'all',
  );
  // Several conditions must all hold: the one with the fewest open values says most.
  const [tightest] = tests.toSorted(
    (a, b) => openness(a.values) - openness(b.values) || a.values.length - b.values.length,
  );
  return [...(tightest?.values ?? [])];
}

function openness(values: readonly string[]): number {
  return values.filter((value) => /[*?]/.test(value)).length;
}

/** An identity pool may also let in who has not signed in. */
function addGuests(aws: Aws, trusting: Trusting, because: string): void {
  const amr = valuesOf(trusting.statement, 'cognito-identity.amazonaws.com', 'amr');
  const any = trusting.statement.conditions.filter(({key}) => key === 'cognito-identity.amazonaws.com:amr');
  const levels = [...amr, ...any.flatMap(({values}) => [...values])];
  if (levels.length > 0 && !levels.some((level) => /unauth|[*?]/.test(level))) return;
  aws.context.graph.root(ANYONE, 'anyone on the internet', 'other');
  const chance: Chance = {
    ways: [{level: 0, certainty: 'conditional'}],
    because: ['if the identity pool lets guests in'],
  };
  draw(aws, ANYONE, trusting, chance, `${because}, guests`);
}

/** An issuer that signs for all its customers lets in whoever becomes one. */
function addOpen(aws: Aws, trusting: Trusting, issuer: string, subjects: string[], chance: Chance): void {
  const {context} = aws;
  const {role} = trusting;
  const shared = sharedIssuer(issuer);
  if (shared === null) return;
  context.graph.root(ANYONE, 'anyone on the internet', 'other');
  draw(aws, ANYONE, trusting, chance, `any customer of ${shared} gets a token`);
  context.graph.findings.push({
    code: 'BH-ID-013',
    severity: 'high',
    message: `role \`${role.name}\` accepts tokens of ${shared} ${subjects.length === 0 ? 'without a condition on the subject' : `with subject \`${subjects.join('`, `')}\``}: any customer of the issuer may get in`,
    where: {id: role.id},
    remedy: 'Limit `sub` in the trust policy to the repository and branch or environment that needs it.',
  });
}
