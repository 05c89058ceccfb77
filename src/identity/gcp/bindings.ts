import type {BuildContext} from '../context.ts';
import {drawAssignments} from '../draw-assignments.ts';
import type {Facets} from '../facets.ts';
import {gcpRights} from './rights.ts';

/** `HAS_ROLE` edges of Google Cloud bindings. */
export function addBindings(context: BuildContext, facets: Facets): void {
  drawAssignments(context, facets, {
    cloud: 'gcp',
    rightsOf: gcpRights,
    limit: (_, rights) => rights,
  });
}
