import * as fc from 'fast-check';
import {sketches} from '../random-estate.ts';
import type {Sketch} from '../small-estate.ts';

/** Estates in which the class alone decides the site: no limits, and either nothing flows or each class has one open site. */
export const unambiguous = fc.tuple(sketches, fc.boolean()).map(([sketch, flows]): Sketch => {
  const left = flows ? /apart/ : /apart|flow|prefer/;
  const dependencies = (sketch.dependencies ?? []).filter(([, , kind]) => !left.test(kind));
  if (!flows) return {...sketch, dependencies};
  const sites = Object.fromEntries(
    Object.entries(sketch.sites).map(([id, site]) => [
      id,
      {...site, receives: id === 'azure' || id === 'vault'},
    ]),
  );
  const things = Object.fromEntries(
    Object.entries(sketch.things).map(([name, thing]) => [
      name,
      {...thing, at: thing.at === 'aws' || thing.at === 'cellar' ? 'vault' : thing.at},
    ]),
  );
  return {...sketch, sites, things, dependencies};
});
