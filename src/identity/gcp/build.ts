import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {createAreas} from './areas.ts';
import {drawBasicRoles} from './basic-roles.ts';
import {createBindingReader} from './bindings.ts';
import {createBoundaries} from './boundaries.ts';
import {drawComposites} from './composite.ts';
import {createConditions} from './conditions.ts';
import {drawCredentials} from './credentials.ts';
import {createCustomers} from './customers.ts';
import {tellDefaultAccounts} from './default-accounts.ts';
import {createDenials} from './deny.ts';
import {drawFederation} from './federation.ts';
import {drawHolders} from './holders.ts';
import {drawAgents, drawDelegation, drawRoleUpdates} from './impersonation.ts';
import {createMembership} from './membership.ts';
import {createNarrowing} from './narrow.ts';
import {createPlacer} from './place-right.ts';
import type {PrincipalWorld} from './principal-sets.ts';
import {createRecords} from './records.ts';
import {createRoleBook} from './role-permissions.ts';
import {drawRunAs} from './run-as.ts';
import {createScopes} from './scopes.ts';
import {createUnruled} from './unruled.ts';
import {drawWorkspaces} from './workspace.ts';

/** All edges of Google Cloud and Workspace. */
export function addGoogle(context: BuildContext, facets: Facets): void {
  const scopes = createScopes(context);
  const membership = createMembership(context);
  const customers = createCustomers(context);
  const people: PrincipalWorld = {
    principals: context.principals,
    membership,
    scopes,
    customerOf: (domain) => customers.of(domain),
  };
  const areas = createAreas(
    context,
    scopes,
    createDenials(context, people),
    createBoundaries(context, people),
  );
  const conditions = createConditions(context);
  const placer = createPlacer(context, facets);
  const narrowing = createNarrowing(context, scopes, conditions, placer);
  const records = createRecords(context);
  const roles = createRoleBook(context.estate.roleDefinitions);
  const unruled = createUnruled(context);
  const reader = createBindingReader({
    unruled,
    context,
    scopes,
    areas,
    conditions,
    placer,
    narrowing,
    roles,
    records,
  });
  drawWorkspaces(context, customers);
  drawHolders(context, {membership, areas, reader});
  const joint = {context, facets, scopes, membership, placer, records};
  drawBasicRoles(context, {scopes, placer, records});
  drawDelegation(joint);
  drawRoleUpdates(joint);
  drawAgents(joint);
  drawComposites(joint);
  drawRunAs(context);
  drawCredentials(context);
  drawFederation(context);
  tellDefaultAccounts(context);
  reader.finish();
}
