import type {Certainty} from '../../model/common.ts';
import type {Capability} from '../../model/exposure.ts';
import type {IdentityGap} from '../../model/identity-facts.ts';
import {ANYONE} from '../node-ids.ts';
import {chanceOnStore} from './data-chances.ts';
import {accessNode} from './data-nodes.ts';
import {type Store, type Stores, namedIn} from './data-subjects.ts';
import type {Aws} from './engine.ts';
import {ANONYMOUS, type PrincipalClass, foreignAccount, knownContext} from './policy/index.ts';
import {type Chance, drawWays, surer} from './ways.ts';

/** What policies of stores give to the public and to accounts outside the inventory. */
export function addStatedAccess(aws: Aws, stores: Stores): void {
  const canonical: Store[] = [];
  for (const store of stores.all) {
    if (store.policy === null) continue;
    const named = namedIn(store.policy);
    if (named.canonical) canonical.push(store);
    if (named.everyone) addPublic(aws, stores, store);
    for (const number of [...named.accounts].toSorted()) {
      if (number === store.number || aws.context.awsAccounts.has(number)) continue;
      addForeign(aws, stores, store, number);
    }
  }
  if (canonical.length === 0) return;
  aws.context.graph.findings.push({
    code: 'BH-ID-105',
    severity: 'info',
    message: `${canonical.length} resource polic(ies) name a canonical user id, first that of \`${canonical[0]!.workload.name}\`; whose account it is no export says, so its access is not in the graph`,
    where: {id: canonical[0]!.workload.id},
    remedy: 'Name the account or an origin access control instead of the canonical user id.',
  });
}

/** Somebody with an AWS account of their own, in an organisation of their own. */
const STRANGER = '000000000000';

function addPublic(aws: Aws, stores: Stores, store: Store): void {
  const {attributes} = store.workload;
  // With all four settings on, S3 keeps the public out whatever the policy says.
  if (attributes['publicAccessBlocked'] === true) return;
  const stranger = foreignAccount(
    STRANGER,
    knownContext({'aws:PrincipalOrgID': 'o-somebody', 'aws:PrincipalOrgPaths': ['o-somebody/r/']}),
  );
  const isBucket = store.sort.id === 'bucket';
  const stated = attributes['policyIsPublic'] === true || attributes['publicAccessBlocked'] === false;
  const gap = isBucket && !stated ? unblocked(store) : null;
  const {graph} = aws.context;
  const draw = (from: string, groups: readonly PrincipalClass[], words: string): void =>
    drawAccess(aws, stores, store, groups, {from, words, gap});
  if (attributes['policyIsPublic'] === false) return;
  draw(graph.root(ANYONE, 'anyone on the internet', 'other'), [ANONYMOUS, stranger], 'Principal = *');
}

function addForeign(aws: Aws, stores: Stores, store: Store, number: string): void {
  const {graph, options} = aws.context;
  const vendors = options.aws?.vendors ?? null;
  const vendor = vendors?.nameOf.get(number) ?? null;
  const name =
    vendor === null ? `AWS account ${number} outside the inventory` : `${vendor} (AWS account ${number})`;
  const root = graph.root(`aws-account:${number}`, name, 'vendor');
  drawAccess(aws, stores, store, [foreignAccount(number)], {
    from: root,
    words: `Principal.AWS = ${number}`,
    gap: null,
  });
}

interface Drawing {
  from: string;
  words: string;
  gap: IdentityGap | null;
}

/** Edges for each kind of access that one of the groups has, equally sure ones together. */
function drawAccess(
  {asking, context}: Aws,
  stores: Stores,
  store: Store,
  groups: readonly PrincipalClass[],
  {from, words, gap}: Drawing,
): void {
  const number = store.number ?? '';
  const found = new Map<string, {chance: Chance; caps: Set<Capability>; control: boolean}>();
  for (const access of store.sort.access) {
    const chance = groups
      .map((group) =>
        chanceOnStore(
          asking,
          stores.keyPolicy,
          {group, number, partition: 'aws', rcps: store.rcps},
          store,
          access,
        ),
      )
      .reduce(surer);
    if (chance.ways.length === 0) continue;
    const key = JSON.stringify(chance.ways);
    const known = found.get(key);
    const part = known ?? {chance, caps: new Set<Capability>(), control: false};
    for (const cap of access.caps ?? []) part.caps.add(cap);
    part.control ||= access.caps === undefined;
    if (!known) found.set(key, part);
  }
  for (const {chance, caps, control} of found.values()) {
    const kept = control ? [] : [...caps];
    drawWays(context.graph, {
      from,
      to: accessNode(context, [store], kept, false),
      kind: 'HAS_ROLE',
      chance,
      evidence: `policy of ${store.workload.name}, ${words}`,
      gap,
      place: {id: store.policyId ?? store.workload.id},
    });
  }
}

function unblocked({workload}: Store): IdentityGap {
  const certainty: Exclude<Certainty, 'certain'> = 'conditional';
  return {
    id: `gap:aws-public-access:${workload.id}`,
    question: `Is public access to bucket ${workload.name} left open by the public access block of the bucket and of its account?`,
    about: workload.id,
    input: '`aws s3api get-public-access-block` or `get-bucket-policy-status` of the bucket',
    remedy: 'Import the public access block of the bucket, or switch it on.',
    certainty,
  };
}
