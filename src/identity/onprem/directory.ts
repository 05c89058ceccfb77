import type {AdDomain} from '../../model/identity-declaration.ts';
import type {BuildContext} from '../context.ts';

/** Root of an AD domain by FQDN, with or without prefix. */
export function domainRoot({graph}: BuildContext, fqdn: string): string {
  const bare = fqdn.replace(/^ad:/i, '').toLowerCase();
  return graph.root(`ad:${bare}`, `AD domain ${bare}`);
}

/** All declared AD domains. */
export function declaredDomains({estate}: BuildContext): AdDomain[] {
  return estate.identity.flatMap(({adDomains}) => adDomains);
}

/** An account as a vCenter or an author names it. */
interface AccountName {
  domain: string;
  name: string;
}

/** `CORP\name` and `name@corp.example` in lower case; null when no domain is named. */
export function accountName(text: string): AccountName | null {
  const bare = text.trim().toLowerCase();
  const slash = bare.indexOf('\\');
  if (slash > 0) return {domain: bare.slice(0, slash), name: bare.slice(slash + 1)};
  const at = bare.lastIndexOf('@');
  return at > 0 ? {domain: bare.slice(at + 1), name: bare.slice(0, at)} : null;
}

/** Finds who stands behind an account name, and who rules it. */
export interface Directory {
  /**
   * Node of an account or group a permission names; a known principal's own node where the text is its id. Its domain rules
   * it; the same account in directory data can act as it.
   */
  account(text: string, group: boolean): string;
}

/**
 * @param ssoRoots roots of vCenter SSO domains by domain name in lower case: they rule their own accounts
 */
export function createDirectory(
  context: BuildContext,
  ssoRoots: ReadonlyMap<string, readonly string[]>,
): Directory {
  const {estate, graph, principals} = context;
  const domains = new Map<string, Set<string>>();
  const know = (name: string, fqdn: string): void => {
    const known = domains.get(name) ?? new Set();
    domains.set(name, known.add(fqdn));
  };
  for (const {fqdn, netbios} of declaredDomains(context)) {
    know(fqdn, fqdn);
    know((netbios ?? fqdn.split('.')[0]!).toLowerCase(), fqdn);
  }
  const listed = new Map<string, string[]>();
  for (const {id, name} of estate.principals) {
    const account = id.startsWith('ad-principal:') ? accountName(name) : null;
    if (account === null) continue;
    know(account.domain, account.domain);
    const key = `${account.domain}\\${account.name}`;
    listed.set(key, [...(listed.get(key) ?? []), id]);
  }
  const made = new Set<string>();
  return {
    account(text, group) {
      if (principals.has(text)) {
        const name = text.startsWith('vsphere:') ? text.slice('vsphere:'.length) : null;
        if (name !== null && !made.has(text)) rule(text, name);
        return text;
      }
      const account = accountName(text);
      const key = account ? `${account.domain}\\${account.name}` : text.trim().toLowerCase();
      const id = graph.node(`vsphere:${key}`, 'principal', group ? 'adGroup' : 'user', text.trim());
      if (!made.has(id)) rule(id, key);
      return id;
    },
  };

  function rule(id: string, text: string): void {
    made.add(id);
    const account = accountName(text);
    const sso = account ? (ssoRoots.get(account.domain) ?? []) : [];
    const fqdns = account ? [...(domains.get(account.domain) ?? [])].sort() : [];
    for (const root of sso)
      graph.edge(root, id, 'GOVERNS', {
        evidence: `account of SSO domain ${account!.domain}`,
        bound: 'workload',
      });
    for (const fqdn of fqdns) {
      graph.edge(domainRoot(context, fqdn), id, 'GOVERNS', {
        evidence: `domain of ${text} = ${fqdn}`,
        bound: 'workload',
        ...(fqdns.length > 1 ? {certainty: 'conditional' as const} : {}),
      });
      for (const known of listed.get(`${fqdn}\\${account!.name}`) ?? [])
        graph.edge(known, id, 'SAME_ACCOUNT', {
          evidence: `${text} in the data of ${fqdn}`,
          bound: 'workload',
        });
    }
    if (sso.length + fqdns.length > 0 || /^(localos|ntauthority)$/.test(account?.domain ?? '')) return;
    graph.findings.push({
      code: 'BH-ID-410',
      severity: 'low',
      message: `\`${text}\` has rights in vCenter, but no AD or SSO domain of that name is known: who rules it is missing`,
      where: {id},
      remedy:
        'Declare the domain under `adDomains` in identity.yaml, with its `netbios` name where it differs.',
    });
  }
}
