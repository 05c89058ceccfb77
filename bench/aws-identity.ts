/**
 * The AWS part of the identity graph on made-up accounts: users and roles with policies of their own, functions, instances
 * and tasks with roles, trusts, boundaries and service control policies. Shows that time and edges grow with what is there
 * and not with pairs. Each row runs in a process of its own. Run: `node bench/aws-identity.ts [SEED]`.
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {buildIdentityGraph} from '../src/identity/build.ts';
import {parseAwsParameters} from '../src/identity/aws/parse-parameters.ts';
import {readDocumentFiles} from '../src/io/documents.ts';
import {shippedPolicyFiles} from '../src/io/package-files.ts';
import type {Estate} from '../src/model/estate.ts';
import {accountEstate} from './aws-accounts.ts';

const GOAL = {seconds: 60, megabytes: 1024};

/** Roles, users, workloads, accounts; the second row is the size at which the goal is set. */
const SIZES = [
  [445, 273, 700, 1],
  [1780, 1092, 2800, 1],
  [1780, 1092, 2800, 24],
  [7120, 4368, 11_200, 1],
] as const;

if (process.argv[2] === 'one') await one(process.argv.slice(3).map(Number));
else all(Number(process.argv[2] ?? 1));

interface Row {
  seconds: number;
  megabytes: number;
  nodes: number;
  edges: number;
  administrators: number;
}

function all(seed: number): void {
  console.log(
    'roles | principals | workloads | accounts | CPU s | peak MB | nodes | edges | edges per principal',
  );
  for (const [roles, users, workloads, accounts] of SIZES) {
    const sizes = [roles, users, workloads, accounts, seed].map(String);
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), 'one', ...sizes], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const row = JSON.parse(child.stdout) as Row;
    const cells = [
      roles,
      roles + users,
      workloads,
      accounts,
      row.seconds.toFixed(2),
      row.megabytes.toFixed(0),
      row.nodes,
      row.edges,
      (row.edges / (roles + users)).toFixed(1),
    ];
    console.log(cells.join(' | '));
  }
  console.log(`goal at 1780 roles, 2872 principals: ≤ ${GOAL.seconds} s, ≤ ${GOAL.megabytes} MB`);
}

async function one([roles, users, workloads, accounts, seed]: number[]): Promise<void> {
  const made: Estate = accountEstate({
    roles: roles!,
    users: users!,
    workloads: workloads!,
    accounts: accounts!,
    seed: seed!,
  });
  const {files} = await readDocumentFiles(shippedPolicyFiles('identity'));
  const documents = files.filter(({file}) => file.includes('/aws-')).flatMap((file) => file.documents);
  const {value: aws} = parseAwsParameters(documents);
  const before = process.cpuUsage();
  const {value} = buildIdentityGraph(made, [], new Int32Array(made.workloads.length).fill(-1), {
    now: '2026-11-22T00:00:00.000Z',
    aws,
  });
  const {user, system} = process.cpuUsage(before);
  const row: Row = {
    seconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    nodes: value.nodes.length,
    edges: value.edges.length,
    administrators: value.edges.filter(({to}) => to.endsWith('#administrators')).length,
  };
  console.log(JSON.stringify(row));
}
