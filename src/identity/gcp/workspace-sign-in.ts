import type {Principal} from '../../model/estate.ts';
import type {GoogleWorkspace} from '../../model/google-workspace.ts';
import type {BuildContext} from '../context.ts';
import {samlSigners} from '../issuers.ts';
import {facetNode} from '../node-ids.ts';

/** Whom the providers of a customer sign in. */
interface SignedIn {
  root: string;
  /** Principals of super administrators, as declared. */
  admins: readonly string[];
  users: readonly Principal[];
}

/**
 * Assertions of a third-party provider sign users in. Super administrators sign in with Google itself; only the older profile for
 * the whole organisation takes assertions for them, and which profile is used no export says.
 */
export function drawSignIn(
  {graph}: BuildContext,
  {customer, ssoProfiles, place}: GoogleWorkspace,
  {root, admins, users}: SignedIn,
): void {
  if (ssoProfiles.length === 0) return;
  const node = facetNode(root, 'signed-in');
  if (!graph.has(node)) {
    graph.node(node, 'container', 'users', `users of customer ${customer} that providers sign in`);
    const above = new Set([
      ...admins,
      ...users.flatMap(({id, attributes}) => (attributes?.['superAdmin'] === true ? [id] : [])),
    ]);
    for (const {id} of users)
      if (!above.has(id))
        graph.edge(node, id, 'GOVERNS', {evidence: `account of ${root}`, bound: 'workload'});
    for (const id of above)
      graph.edge(node, id, 'GOVERNS', {
        evidence: `super administrator of ${root}: signed in by a provider only over the profile for the whole organisation`,
        bound: 'workload',
        gap: {
          id: `gap:gcp-super-admin-sign-in:${root}`,
          question: `Do super administrators of ${customer} sign in through another provider (SSO profile for the organisation, not one of the newer SSO profiles)?`,
          about: root,
          input: 'third-party SSO profile for the organisation',
          remedy:
            'Look in the admin console under Security, SSO with third-party IdP, whether the profile for the organisation is on.',
          certainty: 'conditional',
        },
      });
  }
  for (const {issuer, keySha256} of ssoProfiles)
    for (const signer of samlSigners(
      graph,
      issuer,
      keySha256 === null ? [] : [keySha256],
      `sign-in of ${customer}`,
    ))
      graph.edge(signer, node, 'FEDERATES', {
        evidence: `ssoProfiles of ${customer}: issuer = ${issuer}`,
        bound: 'workload',
        place,
      });
}
