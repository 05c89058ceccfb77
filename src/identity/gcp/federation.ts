import type {Certainty} from '../../model/common.ts';
import type {IdentityGap, IdentityProvider} from '../../model/identity-facts.ts';
import type {BuildContext} from '../context.ts';
import {issuerRoot, samlSigners, sharedIssuer, subjectNode} from '../issuers.ts';
import {ANYONE} from '../node-ids.ts';
import {decide} from './condition/decide.ts';
import {type Expression, parseCondition} from './condition/parse.ts';
import {type Claims, claimOf, complete, lookUp, pins, subjectOf} from './token-claims.ts';

const POOL =
  /\/\/iam\.googleapis\.com\/((?:projects\/[^/]+\/)?locations\/global\/(?:workloadIdentity|workforce)Pools\/[^/]+)/;

/** A member of a pool as bindings name it. */
interface Member {
  id: string;
  name: string;
  /** Claims its name states. */
  claims: Claims;
  /** False when the member is a group or attribute the claims do not show. */
  plain: boolean;
}

interface Provider {
  provider: IdentityProvider;
  mapping: ReadonlyMap<string, string>;
  /** Null = open or not in the source; see `provider.condition`. */
  tree: Expression | null;
}

/** Pools that a provider in the inventory explains; the issuer of all others is not known. */
export function explainedPools({estate}: BuildContext): ReadonlySet<string> {
  return new Set(estate.identityProviders.flatMap(({cloud, id}) => (cloud === 'gcp' ? [poolOf(id)] : [])));
}

/** Resource name of the pool a provider or member belongs to; '' = none. */
export function poolOf(id: string): string {
  return POOL.exec(id)?.[1] ?? /^gcp:(.*?Pools\/[^/]+)/.exec(id)?.[1] ?? '';
}

/** Issuers, through the providers of a pool, to the members bindings name. */
export function drawFederation(context: BuildContext): void {
  const {estate, graph, principals} = context;
  const members = new Map<string, string[]>();
  for (const {id} of estate.principals) {
    const pool = id.startsWith('gcp:principal') ? poolOf(id) : '';
    if (pool === '') continue;
    const list = members.get(pool);
    if (list) list.push(id);
    else members.set(pool, [id]);
  }
  for (const provider of estate.identityProviders) {
    if (provider.cloud !== 'gcp') continue;
    const pool = poolOf(provider.id);
    const everyone = `gcp:principalSet://iam.googleapis.com/${pool}/*`;
    const closed = provider.disabled || principals.get(everyone)?.attributes?.['disabled'] === true;
    if (closed) continue;
    const read = readProvider(provider);
    tellOpen(context, provider, members.get(pool)?.length ?? 0);
    for (const id of members.get(pool) ?? []) drawMember(context, read, memberOf(id, read.mapping));
  }
  for (const [pool, ids] of members) {
    const everyone = `gcp:principalSet://iam.googleapis.com/${pool}/*`;
    if (!graph.has(everyone)) continue;
    for (const id of ids)
      graph.edge(id, everyone, 'MEMBER_OF', {evidence: `pool = ${pool}`, bound: 'workload'});
  }
}

function readProvider(provider: IdentityProvider): Provider {
  const mapping = new Map<string, string>();
  for (const [key, value] of Object.entries(provider.attributes))
    if (key.startsWith('mapping:') && typeof value === 'string')
      mapping.set(key.slice('mapping:'.length), value);
  const tree = provider.condition ? parseCondition(provider.condition) : null;
  return {provider, mapping, tree};
}

function memberOf(id: string, mapping: ReadonlyMap<string, string>): Member {
  const rest = id.replace(POOL, '').replace(/^gcp:principal(?:Set)?:/, '');
  const [, kind = '', ...parts] = rest.split('/');
  const value = parts.join('/');
  const path = kind === 'subject' ? 'google.subject' : kind.startsWith('attribute.') ? kind : null;
  // Without a mapping in the source the subject is the token's own, as in every template.
  const claim =
    path === null
      ? null
      : (claimOf(path, mapping) ?? (path === 'google.subject' && mapping.size === 0 ? 'sub' : null));
  const claims = claim === null || value === '' ? new Map<string, string>() : new Map([[claim, value]]);
  return {id, name: rest, claims: complete(claims), plain: kind === '*' || claim !== null};
}

function drawMember(context: BuildContext, read: Provider, member: Member): void {
  const {graph} = context;
  const {provider} = read;
  if (provider.kind === 'aws') return drawAws(context, read, member);
  for (const {claims, certainty, note, gap} of admitted(context, read, member)) {
    for (const tail of tailsOf(context, provider, claims)) {
      graph.edge(tail, member.id, 'FEDERATES', {
        evidence: `provider ${provider.name}, issuer ${provider.issuer ?? 'unknown'}: ${note}`,
        certainty,
        bound: 'workload',
        place: {id: provider.id},
        ...(gap ? {gap} : {}),
      });
    }
  }
}

interface Admitted {
  claims: Claims;
  certainty: Certainty;
  note: string;
  gap?: IdentityGap;
}

/** Which tokens of the issuer become the member: by what the member's name says and what the condition lets in. */
function admitted(context: BuildContext, {provider, mapping, tree}: Provider, member: Member): Admitted[] {
  const now = Date.parse(context.options.now);
  const doubt: Certainty = member.plain ? 'certain' : 'conditional';
  const who = member.plain ? '' : '; how the token gets this attribute is not decided';
  if (provider.condition === null)
    return [
      {
        claims: member.claims,
        certainty: 'conditional',
        note: `attributeCondition is not in the source${who}`,
        gap: conditionGap(provider),
      },
    ];
  if (provider.condition === '')
    return [{claims: member.claims, certainty: doubt, note: `attributeCondition is empty${who}`}];
  const text = `attributeCondition = ${provider.condition}`;
  if (tree === null)
    return [{claims: member.claims, certainty: 'conditional', note: `${text} (not decided)`}];
  const combinations = pins(tree, mapping) ?? [new Map<string, string>()];
  return combinations.flatMap((pinned): Admitted[] => {
    const joined = new Map(pinned);
    for (const [name, value] of member.claims) {
      const other = joined.get(name);
      const fits = other?.endsWith('*') ? value.startsWith(other.slice(0, -1)) : other === value;
      if (other !== undefined && !fits) return [];
      joined.set(name, value);
    }
    const claims = complete(joined);
    const {answer} = decide(tree, lookUp(exact(claims), mapping), now);
    if (answer === 'no') return [];
    const decided = answer === 'yes' || isBeginning(tree, claims, pinned);
    return [
      {
        claims,
        certainty: decided ? doubt : 'conditional',
        note: `${text}${decided ? '' : ' (not decided)'}${who}`,
      },
    ];
  });
}

/** Beginnings stand for many values, so they answer no comparison. */
function exact(claims: Claims): Claims {
  return new Map([...claims].filter(([, value]) => !value.endsWith('*')));
}

/** The condition is one beginning and nothing else, and the claims still stand for all that begins so. */
function isBeginning(tree: Expression, claims: Claims, pinned: Claims): boolean {
  return (
    tree.kind === 'call' &&
    pinned.size > 0 &&
    [...pinned].every(([name, value]) => claims.get(name) === value)
  );
}

/** The node whose controller gets such tokens. */
function tailsOf({graph}: BuildContext, provider: IdentityProvider, claims: Claims): string[] {
  if (provider.kind === 'saml')
    return samlSigners(graph, provider.issuer, provider.publicKeySha256, provider.name);
  const {issuer} = provider;
  if (issuer === null)
    return [graph.root(`oidc:${poolOf(provider.id)}`, `issuer of pool provider ${provider.name}`)];
  const subject = subjectOf(claims);
  if (subject !== null) return [subjectNode(graph, issuer, subject)];
  const root = issuerRoot(graph, issuer, 'oidc');
  return sharedIssuer(issuer) === null
    ? [root]
    : [root, graph.root(ANYONE, 'anyone on the internet', 'other')];
}

/** An AWS account: any of its roles, or the one a member names. */
function drawAws({graph}: BuildContext, {provider}: Provider, member: Member): void {
  const account = provider.issuer;
  const root = account === null ? null : graph.root(`aws-account:${account}`, `AWS account ${account}`);
  const role = /assumed-role\/([^/]+)/.exec(member.id)?.[1];
  const known = role === undefined ? undefined : `aws:arn:aws:iam::${account}:role/${role}`;
  const closed = provider.condition !== null && provider.condition !== '';
  const condition = closed
    ? `attributeCondition = ${provider.condition} (not decided)`
    : 'no condition on the role';
  for (const tail of [root, known !== undefined && graph.has(known) ? known : null]) {
    if (tail === null) continue;
    graph.edge(tail, member.id, 'FEDERATES', {
      evidence: `provider ${provider.name}, AWS account ${account}: ${condition}`,
      // Whoever holds the account can be any role of it.
      certainty:
        closed && tail !== root ? 'conditional' : provider.condition === null ? 'conditional' : 'certain',
      bound: 'workload',
      place: {id: provider.id},
    });
  }
}

function conditionGap(provider: IdentityProvider): IdentityGap {
  return {
    id: `gap:gcp-attribute-condition:${provider.id}`,
    question: `Does the pool provider ${provider.name} accept every token of ${provider.issuer ?? 'its issuer'}, without a condition?`,
    about: provider.id,
    input: 'workloadIdentityPools.providers.attributeCondition',
    remedy:
      'Import `gcloud iam workload-identity-pools providers list --workload-identity-pool=… --location=global --format=json`.',
    certainty: 'conditional',
  };
}

function tellOpen({graph}: BuildContext, provider: IdentityProvider, used: number): void {
  if (provider.condition !== '' || provider.issuer === null || provider.kind !== 'oidc') return;
  const host = sharedIssuer(provider.issuer);
  if (host === null) return;
  graph.findings.push({
    code: 'BH-ID-320',
    severity: 'high',
    message: `pool provider \`${provider.name}\` accepts every token of ${host}, which signs for all its customers: anyone with an account there gets into the pool, and ${used} member(s) of it hold rights`,
    where: {id: provider.id},
    remedy:
      "Set an attribute condition that pins your organisation, e.g. `assertion.repository_owner == 'my-org'`.",
  });
}
