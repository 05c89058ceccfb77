/**
 * Writes a made-up workspace of any size: exports of three clouds, private inventories, dependencies, identity,
 * register and sites. Run: `node bench/generate.ts --workloads 10000 --seed 7 --out DIR`.
 */
import {parseArgs} from 'node:util';
import {generateEstate} from './estate/generate.ts';

const {values} = parseArgs({
  options: {workloads: {type: 'string'}, seed: {type: 'string'}, out: {type: 'string'}},
});
if (values.out === undefined) throw new Error('--out DIR is missing: where shall the workspace go?');
const made = generateEstate(values.out, Number(values.workloads ?? 10_000), Number(values.seed ?? 7));
console.log(
  `${made.workloads} workloads in ${made.applications} applications, ${made.dependencies} dependencies: ${values.out}`,
);
