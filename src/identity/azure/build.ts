import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {addRoleAssignments} from './role-assignments.ts';
import {addSignIns} from './sign-ins.ts';

/** All edges of this platform. */
export function addAzure(context: BuildContext, facets: Facets): void {
  addRoleAssignments(context, facets);
  addSignIns(context);
}
