import * as fc from 'fast-check';

/**
 * One commit gives one test result: property tests draw from a fixed seed. `PROPERTY_SEED=random npm test` explores, and
 * `PROPERTY_SEED=N` repeats what such a run found.
 */
const wanted = process.env['PROPERTY_SEED'] ?? '1';
if (wanted !== 'random') fc.configureGlobal({seed: Number(wanted)});
