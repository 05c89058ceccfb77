import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {createPolicyReader} from './policies.ts';
import {addAwsPrincipals, tellMissingPolicies} from './principals.ts';
import {addAwsTrust} from './trust.ts';
import {addManagementAccounts} from './management-account.ts';

/** All edges of this platform. */
export function addAws(context: BuildContext, facets: Facets): void {
  const missing = new Map<string, number>();
  const policiesOf = createPolicyReader(context, missing);
  addAwsPrincipals(context, facets, policiesOf);
  addAwsTrust(context, facets, policiesOf);
  tellMissingPolicies(context, missing);
  addManagementAccounts(context, facets);
}
