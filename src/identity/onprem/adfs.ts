import type {AdfsFarm} from '../../model/identity-declaration.ts';
import type {BuildContext} from '../context.ts';
import {keyRoot} from '../issuers.ts';
import {reference} from '../references.ts';
import {domainRoot} from './directory.ts';

/**
 * Node of a farm's token-signing key. Known by its hash it is the same root that a SAML provider or federated domain with
 * this key ends at; the farm's name, its hash and its service URL are other ways to write it.
 */
export function addAdfsRoot({graph}: BuildContext, {name, signingKeySha256}: AdfsFarm): void {
  const called = `AD FS signing key of ${name}`;
  if (signingKeySha256 === null) {
    graph.alias(`adfs:${name.toLowerCase()}`, `adfs:${name}`);
    graph.root(`adfs:${name}`, called, 'signingKey');
    return;
  }
  const hash = signingKeySha256.toLowerCase();
  for (const alias of [name, name.toLowerCase(), signingKeySha256, hash]) {
    graph.alias(`adfs:${alias}`, `key:${hash}`);
  }
  keyRoot(graph, hash, called);
}

/** Servers and domain hold the key; relying parties accept what it signs. */
export function addAdfs(context: BuildContext, farm: AdfsFarm): void {
  const {graph} = context;
  const {name, signingKeySha256, servers, adDomain, relyingParties, place} = farm;
  const key = graph.root(`adfs:${name}`);
  for (const id of reference(context, servers, 'adfs.servers', place)) {
    graph.edge(id, key, 'HOSTS_ROOT', {evidence: `servers of AD FS ${name}`, bound: 'workload', place});
  }
  if (adDomain !== null) {
    graph.edge(domainRoot(context, adDomain), key, 'HOLDS_KEY', {
      evidence: `adDomain = ${adDomain}: domain administrators can read the token-signing key`,
      bound: 'workload',
      place,
    });
  }
  for (const party of relyingParties) {
    for (const id of reference(context, [party], 'adfs.relyingParties', place)) {
      graph.edge(key, id, 'FEDERATES', {
        evidence: `relyingParties of AD FS ${name}`,
        bound: 'workload',
        place,
      });
    }
  }
  if (signingKeySha256 !== null) return;
  graph.findings.push({
    code: 'BH-ID-041',
    severity: 'low',
    message: `AD FS \`${name}\` has no signing key hash: the same key used elsewhere cannot be recognised`,
    where: place,
    remedy: 'Add `signingKeySha256`, the SHA-256 of the public key of the token-signing certificate.',
  });
}
