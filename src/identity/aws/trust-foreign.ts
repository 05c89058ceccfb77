import type {IdentityGap} from '../../model/identity-facts.ts';
import type {Aws} from './engine.ts';
import {type Trusting, draw} from './trusting.ts';
import {asksExternalId} from './trust-conditions.ts';
import {type Chance, atBest, drawWays} from './ways.ts';

/**
 * An account outside the inventory. It is its own root, below its vendor where a list names one. Whether an external id is
 * asked for changes nothing for who robs the vendor; without one the vendor's other customers may be able to use its access.
 */
export function addForeign(
  aws: Aws,
  trusting: Trusting,
  account: string,
  chance: Chance,
  because: string,
): void {
  const {graph} = aws.context;
  const vendors = aws.context.options.aws?.vendors ?? null;
  const vendor = vendors?.nameOf.get(account) ?? null;
  const named =
    vendor === null ? `AWS account ${account} outside the inventory` : `${vendor} (AWS account ${account})`;
  const root = graph.root(`aws-account:${account}`, named, 'vendor');
  draw(aws, root, trusting, chance, because);
  const listed = vendors && vendor !== null ? `${vendors.list}, read ${vendors.read}, unconfirmed` : null;
  if (vendor !== null && listed !== null) {
    graph.edge(graph.root(`vendor:${slug(vendor)}`, vendor, 'vendor'), root, 'OWNS', {
      evidence: `account ${account} is ${vendor}'s by a list: ${listed}`,
      certainty: 'conditional',
      bound: 'workload',
    });
  }
  if (asksExternalId(trusting.statement)) return;
  const whose = vendor ?? `account ${account}`;
  const anyCustomer = graph.root(
    `public:any-customer-of-${vendor === null ? account : slug(vendor)}`,
    `any customer of ${whose}`,
    'other',
  );
  const certainty = vendor === null ? 'unknown' : 'conditional';
  drawWays(graph, {
    from: anyCustomer,
    to: trusting.role.id,
    kind: 'CAN_ASSUME',
    chance: atBest({ways: chance.ways, because: []}, certainty),
    evidence: `sts-001: ${because} without a condition on sts:ExternalId${listed === null ? '' : ` (vendor by ${listed})`}`,
    gap: confusedVendor(whose, account, certainty),
    place: {id: trusting.role.id},
  });
}

function confusedVendor(whose: string, account: string, certainty: IdentityGap['certainty']): IdentityGap {
  return {
    id: `gap:aws-any-customer:${account}`,
    question: `Does ${whose} act for other customers too, and could one of them make it use roles that ask for no ExternalId?`,
    about: `aws-account:${account}`,
    input: '`sts:ExternalId` in the trust policies, and how the vendor makes and checks it',
    remedy: 'Ask for an ExternalId that the vendor makes, in every role that trusts it.',
    certainty,
  };
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
