import type {Certainty} from '../../model/common.ts';
import type {Credential} from '../../model/identity-facts.ts';
import type {BuildContext} from '../context.ts';
import {keyRoot} from '../issuers.ts';
import {homeTenant} from './tenants.ts';

/**
 * Secrets, certificates and passwords as nodes: whoever has one signs in as its principal. Expired and disabled ones give
 * nothing; expired ones are told, because whether they are still accepted somewhere is worth a look.
 */
export function addCredentials(context: BuildContext): void {
  const {estate, graph, options} = context;
  const now = Date.parse(options.now);
  const expired: Credential[] = [];
  const holders = sharedKeys(estate.credentials);
  for (const credential of estate.credentials) {
    if (credential.cloud !== 'azure' || credential.active === false) continue;
    if (Date.parse(credential.expires ?? '') < now) {
      expired.push(credential);
      continue;
    }
    if (credential.kind === 'signingCertificate') {
      addSigningKey(context, credential);
      continue;
    }
    // What the platform makes and turns by itself is never in anybody's hands.
    if (credential.managedBy === 'provider') continue;
    const {id, kind, name, principal, publicKeySha256} = credential;
    if (!graph.has(principal)) graph.node(principal, 'principal', 'unknown', principal);
    graph.node(id, 'credential', kind, name);
    const {certainty, because} = validity(credential);
    graph.edge(id, principal, 'AUTHENTICATES', {
      evidence: `${kind}: ${because}`,
      level: credential.mfa === true ? 1 : 0,
      certainty,
      bound: 'workload',
    });
    if (publicKeySha256 !== null && (holders.get(publicKeySha256)?.size ?? 0) > 1) {
      graph.edge(keyRoot(graph, publicKeySha256), id, 'HOLDS_KEY', {
        evidence: `publicKeySha256 = ${publicKeySha256}: the same key pair signs in as ${holders.get(publicKeySha256)!.size} principals`,
        bound: 'workload',
      });
    }
  }
  report(context, expired);
}

function validity({kind, expires, neverExpires, mfa}: Credential): {certainty: Certainty; because: string} {
  const proof = mfa === true ? ', a second proof is asked for' : '';
  if (expires !== null) return {certainty: 'certain', because: `valid until ${expires}${proof}`};
  if (neverExpires === true) return {certainty: 'certain', because: `never expires${proof}`};
  if (kind === 'password') return {certainty: 'certain', because: `in use${proof}`};
  return {certainty: 'conditional', because: `its end of validity is not in the source${proof}`};
}

/** A certificate with which the tenant signs assertions for one application: the same key elsewhere is the same root. */
function addSigningKey(context: BuildContext, {principal, publicKeySha256, name}: Credential): void {
  const {graph, principals} = context;
  const holder = principals.get(principal);
  const tenant = holder ? homeTenant(context, holder) : null;
  if (publicKeySha256 === null || tenant === null) return;
  graph.edge(graph.root(tenant), keyRoot(graph, publicKeySha256, `signing key ${name}`), 'HOLDS_KEY', {
    evidence: `keyCredentials usage = Sign of ${holder!.name}`,
    bound: 'workload',
  });
}

/** Principals per public key. */
function sharedKeys(credentials: readonly Credential[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const {kind, principal, publicKeySha256} of credentials) {
    if (publicKeySha256 === null || kind === 'signingCertificate') continue;
    const set = found.get(publicKeySha256);
    if (set) set.add(principal);
    else found.set(publicKeySha256, new Set([principal]));
  }
  return found;
}

function report({graph}: BuildContext, expired: readonly Credential[]): void {
  const first = expired.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0];
  if (!first) return;
  graph.findings.push({
    code: 'BH-ID-204',
    severity: 'info',
    message: `${expired.length} credential(s) are past their end and still registered, first \`${first.name}\` (${first.expires}); they are counted as no way in`,
    where: {id: first.id},
    remedy: 'Remove them, and check that nothing still accepts them.',
  });
}
