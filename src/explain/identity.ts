import type {RootExposure} from '../model/exposure.ts';
import {type Access, whatIsAccessible} from './access.ts';
import type {GraphIndex} from '../exposure/index-graph.ts';
import {reachedFrom} from '../exposure/reached.ts';
import {chainOf, chains, type Chain} from './chain.ts';
import {namesOf} from './names.ts';

/** What someone who holds a principal or a root can take, and who can take it from them. */
export interface IdentityExplanation {
  subject: {kind: 'principal' | 'root'; id: string; name: string};
  /** Blast radius, for a root. */
  exposure: RootExposure | null;
  /** Whether it controls a whole tenant, organisation, account, subscription or project. */
  admin: 'yes' | 'no' | 'conditional' | 'unknown';
  /** What `admin` rests on: the containers and roots, with their evidence paths. */
  controls: Chain[];
  reaches: Chain[];
  reachesTotal: number;
  reachedBy: Chain[];
  reachedByTotal: number;
  /** Workloads it can read, write or destroy, directly or through chains. */
  access: Access;
  /** Names of what is mentioned by id. */
  names: Record<string, string>;
}

/** Node kinds whose control makes an administrator. */
const WHOLE = new Set([
  'entraTenant',
  'awsOrg',
  'gcpOrg',
  'workspaceCustomer',
  'vcSsoDomain',
  'adDomain',
  'subscription',
  'account',
  'project',
  'managementGroup',
  'organization',
  'folder',
  'organizationalUnit',
  'vcenter',
]);

export function explainIdentity(
  subject: IdentityExplanation['subject'],
  exposure: RootExposure | null,
  index: GraphIndex,
  limit: number,
): IdentityExplanation {
  const whole = reachedFrom(index, subject.id, 'forward', 'control').filter(
    ({node, delta}) => WHOLE.has(node.subKind) && delta <= 1,
  );
  const best = whole[0]?.certainty;
  const admin =
    best === undefined ? 'no' : best === 'certain' ? (whole[0]!.delta === 0 ? 'yes' : 'conditional') : best;
  const reaches = chains(index, subject.id, 'forward', {limit});
  const reachedBy = chains(index, subject.id, 'reverse', {limit});
  const controls = whole.slice(0, limit).map(chainOf);
  return {
    subject,
    exposure,
    admin,
    controls,
    reaches: reaches.chains,
    reachesTotal: reaches.total,
    reachedBy: reachedBy.chains,
    reachedByTotal: reachedBy.total,
    access: whatIsAccessible(index.graph, subject.id, limit),
    names: namesOf(index, [...controls, ...reaches.chains, ...reachedBy.chains], []),
  };
}
