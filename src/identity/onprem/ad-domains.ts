import type {AdDomain} from '../../model/identity-declaration.ts';
import type {CertificateAuthority} from '../../model/identity-sections.ts';
import type {BuildContext} from '../context.ts';
import {reference} from '../references.ts';
import {domainRoot} from './directory.ts';

/** Controllers, members and certificate authorities of a domain. */
export function addAdDomain(context: BuildContext, domain: AdDomain): void {
  const {graph} = context;
  const {fqdn, domainControllers, members, certificateAuthorities, place} = domain;
  const root = domainRoot(context, fqdn);
  for (const id of reference(context, domainControllers, 'adDomains.domainControllers', place)) {
    graph.edge(id, root, 'HOSTS_ROOT', {evidence: `domainControllers of ${fqdn}`, bound: 'workload', place});
    graph.edge(root, id, 'DOMAIN_MEMBER', {
      evidence: `domainControllers of ${fqdn}`,
      bound: 'workload',
      place,
    });
  }
  for (const id of reference(context, members, 'adDomains.members', place)) {
    graph.edge(root, id, 'DOMAIN_MEMBER', {evidence: `members of ${fqdn}`, bound: 'workload', place});
  }
  for (const authority of certificateAuthorities ?? []) addAuthority(context, domain, authority);
}

/** Root of a certificate authority: by its key where that is known, so that one key is one root. */
export function authorityRoot(fqdn: string, {name, keySha256}: CertificateAuthority): string {
  return `pki:${keySha256 ?? `${name}@${fqdn}`}`;
}

/** Whoever has the key of an enterprise CA writes a certificate for any account of the domain. */
function addAuthority(context: BuildContext, domain: AdDomain, authority: CertificateAuthority): void {
  const {graph} = context;
  const {fqdn, place} = domain;
  const {name, servers, enterprise} = authority;
  const root = domainRoot(context, fqdn);
  const key = graph.root(authorityRoot(fqdn, authority), `certificate authority ${name}`, 'pkiCa');
  for (const id of reference(context, servers, 'adDomains.certificateAuthorities.servers', place)) {
    graph.edge(id, key, 'HOSTS_ROOT', {evidence: `servers of CA ${name}`, bound: 'workload', place});
  }
  if (enterprise === false) return;
  graph.edge(key, root, 'GOLDEN_CERTIFICATE', {
    evidence: `CA ${name}: enterprise = ${enterprise ?? 'not stated'}; its key signs certificates for any account of ${fqdn}`,
    bound: 'workload',
    place,
    ...(enterprise === true
      ? {}
      : {
          gap: {
            id: `gap:enterprise-ca:${key}@${fqdn}`,
            question: `Are certificates of ${name} accepted for sign-in to ${fqdn} (listed in its NTAuth store)?`,
            about: key,
            input: 'adDomains.certificateAuthorities.enterprise',
            remedy:
              'Look into the NTAuthCertificates store (`certutil -viewstore -enterprise NTAuth`) and state `enterprise`.',
            certainty: 'conditional' as const,
          },
        }),
  });
  if (enterprise !== true) return;
  graph.edge(root, key, 'ADMINISTERS', {
    evidence: `CA ${name}: an enterprise CA is administered by ${fqdn}`,
    bound: 'workload',
    place,
  });
}
