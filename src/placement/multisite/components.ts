import {leaders} from '../../graph/leaders.ts';
import type {Arranged} from './arrange.ts';
import {MOST_TRIED} from './site-problem.ts';

export interface Component {
  /** Ascending. */
  units: number[];
  edges: number;
  /** `tree`: one edge less than units; `tried`: few enough choices to try all; `large`: neither. */
  kind: 'tree' | 'tried' | 'large';
}

/** Connected components, by their first unit. */
export function components({units, sites, unary, first, tail, head}: Arranged): Component[] {
  const leader = leaders(units, {tail, head});
  const found: (Component | undefined)[] = [];
  for (let u = 0; u < units; u++) {
    const component = (found[leader[u]!] ??= {units: [], edges: 0, kind: 'large'});
    component.units.push(u);
    component.edges += first[u + 1]! - first[u]!;
  }
  const result = found.filter((component) => component !== undefined);
  for (const component of result) {
    if (component.edges === component.units.length - 1) component.kind = 'tree';
    else if (choices(component.units, sites, unary) <= MOST_TRIED) component.kind = 'tried';
  }
  return result;
}

/** Number of choices, given up as soon as it is too large. */
function choices(units: number[], sites: number, unary: Float64Array): number {
  let product = 1;
  for (const u of units) {
    let open = 0;
    for (let s = 0; s < sites; s++) if (unary[u * sites + s] !== Infinity) open++;
    product *= open;
    if (product > MOST_TRIED) break;
  }
  return product;
}
