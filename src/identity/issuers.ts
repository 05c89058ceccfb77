import type {GraphBuilder} from './builder.ts';
import {canonicalRoot} from './root-ids.ts';

/**
 * Roots behind issuers. Whoever signs a token or assertion is its root, so every cloud that accepts the same issuer or the
 * same key must end at the same node.
 */

/** Issuers that sign tokens for all their customers: without a limit on the subject anyone gets in. */
export const SHARED_ISSUERS = [
  'token.actions.githubusercontent.com',
  'gitlab.com',
  'app.terraform.io',
  'oidc.circleci.com',
  'agent.buildkite.com',
  'api.bitbucket.org',
  'vstoken.dev.azure.com',
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
] as const;

/** Host of a shared issuer the URL belongs to; null = the issuer serves one customer. */
export function sharedIssuer(issuer: string): string | null {
  const bare = bareIssuer(issuer);
  return SHARED_ISSUERS.find((host) => bare === host || bare.startsWith(`${host}/`)) ?? null;
}

/** Root of an issuer URL or SAML entityID: the tenant that runs it where the URL names one, else the issuer itself. */
export function issuerRoot(graph: GraphBuilder, issuer: string, kind: 'saml' | 'oidc'): string {
  const tenant = tenantOf(issuer);
  if (tenant !== null) return graph.root(tenant);
  return kind === 'oidc'
    ? graph.root(`oidc:${issuer}`, bareIssuer(issuer))
    : graph.root(`saml:${issuer}`, issuer);
}

/** Root of a signing key by the SHA-256 of its public key: the same key in two clouds is one root. */
export function keyRoot(graph: GraphBuilder, sha256: string, name?: string): string {
  return graph.root(`key:${sha256.toLowerCase()}`, name, 'signingKey');
}

/**
 * Where a trust in an issuer's assertions starts: at its accepted signing keys where they are known (the issuer holds them),
 * else at the issuer. Returns the node ids to draw the trust from.
 */
export function samlSigners(
  graph: GraphBuilder,
  issuer: string | null,
  keys: readonly string[],
  name: string,
): string[] {
  const root = issuer === null ? null : issuerRoot(graph, issuer, 'saml');
  if (keys.length === 0) return [root ?? graph.root(`saml:${name}`, name)];
  return keys.map((sha256) => {
    const key = keyRoot(graph, sha256, `signing key of ${issuer ?? name}`);
    if (root !== null)
      graph.edge(root, key, 'HOLDS_KEY', {evidence: `issuer = ${issuer}`, bound: 'workload'});
    return key;
  });
}

/**
 * Node of the subjects an OIDC trust admits. No subject = the issuer itself. A repository's subject hangs under its
 * organisation on the build platform, the organisation under the issuer.
 */
export function subjectNode(graph: GraphBuilder, issuer: string, subject: string | null): string {
  const root = issuerRoot(graph, issuer, 'oidc');
  if (subject === null || /^\*+$/.test(subject)) return root;
  const id = `${root}#${subject}`;
  graph.node(id, 'principal', 'ciSubject', `${bareIssuer(issuer)} ${subject}`);
  const organisation = organisationOf(issuer, subject);
  const above = organisation === null ? root : graph.root(organisation);
  if (organisation !== null) {
    graph.edge(root, above, 'GOVERNS', {evidence: `issuer = ${issuer}`, bound: 'workload'});
  }
  graph.edge(above, id, 'ISSUES', {evidence: `sub = ${subject}`, bound: 'workload'});
  return id;
}

/** True when a subject pattern leaves the customer of a shared issuer open. */
export function isOpenSubject(issuer: string, subject: string | null): boolean {
  if (sharedIssuer(issuer) === null) return false;
  if (subject === null) return true;
  const first = subject.replace(/^[^:]*:/, '').split(/[/:]/)[0] ?? '';
  return subject.startsWith('*') || subject.startsWith('?') || /[*?]/.test(first);
}

/** Issuer without scheme and closing slash, lower-cased host. */
export function bareIssuer(issuer: string): string {
  return issuer.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
}

function tenantOf(issuer: string): string | null {
  const bare = bareIssuer(issuer);
  const entra =
    /^(?:sts\.windows\.net|login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn)\/([0-9a-f-]{36})(?:\/|$)/i.exec(
      bare,
    );
  if (entra) return canonicalRoot(`entra:${entra[1]}`);
  const workspace = /^accounts\.google\.com\/o\/saml2\?idpid=(C[0-9a-z]+)$/i.exec(bare);
  if (workspace) return `workspace:${workspace[1]}`;
  const adfs = /^([^/]+)\/adfs(?:\/services\/trust)?$/i.exec(bare);
  if (adfs) return canonicalRoot(`adfs:${adfs[1]!.toLowerCase()}`);
  const okta = /^(?:www\.)?okta\.com\/(exk[0-9a-z]+)$/i.exec(bare);
  if (okta) return `idp:okta/${okta[1]}`;
  const oktaOrg = /^([a-z0-9-]+\.(?:okta|oktapreview|okta-emea)\.com)(?:\/|$)/i.exec(bare);
  return oktaOrg ? `idp:${oktaOrg[1]!.toLowerCase()}` : null;
}

/** `repo:octo/app:ref:…` → `git-org:github.com/octo`; `project_path:group/app:…` → GitLab group. Null = not one organisation. */
function organisationOf(issuer: string, subject: string): string | null {
  const host = sharedIssuer(issuer);
  const owner = /^(?:repo|project_path|organization):([^/:*?]+)(?:[/:]|$)/.exec(subject)?.[1];
  if (host === null || owner === undefined) return null;
  const platform = host === 'token.actions.githubusercontent.com' ? 'github.com' : host;
  return `git-org:${platform}/${owner.toLowerCase()}`;
}
