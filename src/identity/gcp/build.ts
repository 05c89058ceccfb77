import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {addBindings} from './bindings.ts';

/** All edges of this platform. */
export function addGoogle(context: BuildContext, facets: Facets): void {
  addBindings(context, facets);
}
