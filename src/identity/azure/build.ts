import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {addApplications} from './applications.ts';
import {addConsents} from './consents.ts';
import {addCredentials} from './credentials.ts';
import {addDelegations} from './delegations.ts';
import {addDirectoryRights} from './directory.ts';
import {addFederatedCredentials} from './federated-credentials.ts';
import {addFederatedDomains} from './federated-domains.ts';
import {addPartners} from './partners.ts';
import {addRoleAssignments} from './role-assignments.ts';
import {addSignIns} from './sign-ins.ts';

/** All edges of this platform. */
export function addAzure(context: BuildContext, facets: Facets): void {
  addRoleAssignments(context, facets);
  addDirectoryRights(context);
  addApplications(context);
  addConsents(context);
  addCredentials(context);
  addFederatedCredentials(context);
  addFederatedDomains(context);
  addPartners(context);
  addDelegations(context);
  addSignIns(context);
}
