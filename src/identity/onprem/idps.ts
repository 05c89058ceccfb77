import type {IdentityDeclaration} from '../../model/identity-declaration.ts';
import type {DeclaredIdp} from '../../model/identity-sections.ts';
import type {BuildContext} from '../context.ts';
import {keyRoot} from '../issuers.ts';
import {reference} from '../references.ts';
import {addOperatedBy} from './operators.ts';
import {vendorRoot} from './vendors.ts';

/** Products their makers run for many customers; others run where the customer puts them. */
const SAAS = new Set([
  'okta',
  'auth0',
  'onelogin',
  'jumpcloud',
  'duo',
  'pingone',
  'cyberark',
  'google',
  'entra',
]);

/** Gives identity providers their nodes; every issuer they sign as is the same root. */
export function addIdpRoots({graph}: BuildContext, {identityProviders = []}: IdentityDeclaration): void {
  for (const {id, kind, issuers} of identityProviders) {
    for (const issuer of issuers) {
      graph.alias(`saml:${issuer}`, id);
      if (/^https?:/i.test(issuer)) graph.alias(`oidc:${issuer}`, id);
    }
    graph.root(id, `identity provider ${id.replace(/^idp:/, '')} (${kind})`, 'idpTenant');
  }
}

/** Who runs an identity provider, which keys it signs with, and who believes it. */
export function addIdp(context: BuildContext, idp: DeclaredIdp): void {
  const {graph} = context;
  const {id, kind, federatesTo, keySha256, servers, operatedBy, place} = idp;
  const root = graph.root(id);
  const keys = keySha256.map((hash) => keyRoot(graph, hash, `signing key of ${id}`));
  for (const key of keys)
    graph.edge(root, key, 'HOLDS_KEY', {evidence: `keySha256 of ${id}`, bound: 'workload', place});
  for (const target of reference(context, federatesTo, 'identityProviders.federatesTo', place)) {
    for (const signer of keys.length > 0 ? keys : [root])
      graph.edge(signer, target, 'FEDERATES', {evidence: `federatesTo of ${id}`, bound: 'workload', place});
  }
  for (const server of reference(context, servers, 'identityProviders.servers', place))
    graph.edge(server, root, 'HOSTS_ROOT', {evidence: `servers of ${id}`, bound: 'workload', place});
  addOperatedBy(context, operatedBy, root, place);
  if (idp.saas ?? SAAS.has(kind)) addMaker(context, idp, root);
}

/** The maker of a hosted product: by a fault of its service always, through its support staff where they have access. */
function addMaker({graph}: BuildContext, {id, kind, supportAccess, place}: DeclaredIdp, root: string): void {
  const maker = graph.root(vendorRoot(kind), `vendor ${kind}`, 'vendor');
  graph.edge(maker, root, 'CONTROL_PLANE', {
    evidence: `${kind} runs ${id} for many customers: a fault in its service or an insider`,
    level: 2,
    bound: 'workload',
    place,
  });
  if (supportAccess === false) return;
  graph.edge(maker, root, 'SUPPORTS', {
    evidence: `supportAccess = ${supportAccess ?? 'not stated'}: support staff can take over sessions`,
    level: 1,
    bound: 'workload',
    place,
    ...(supportAccess === true
      ? {}
      : {
          gap: {
            id: `gap:support-access:${root}`,
            question: `Can support staff of ${kind} open sessions of ${id} or read session files given to them?`,
            about: root,
            input: 'identityProviders.supportAccess',
            remedy: `Look up whether support access to ${id} is switched off or needs a grant, and state \`supportAccess\`.`,
            certainty: 'conditional' as const,
          },
        }),
  });
}
