import type {IdentityGap} from '../../model/identity-facts.ts';
import type {Capability} from '../../model/exposure.ts';
import type {Workload} from '../../model/estate.ts';
import {type BuildContext, groupBy} from '../context.ts';
import type {Placer} from './place-right.ts';
import type {Records} from './records.ts';
import type {Scopes} from './scopes.ts';

const BUCKET = 'storage.googleapis.com/Bucket';
const DATASET = 'bigquery.googleapis.com/Dataset';

/** What new buckets and datasets give to holders of basic roles on their project until somebody takes it away. */
const DEFAULT_ACCESS: Readonly<Record<string, {role: string; caps: readonly Capability[]}>> = {
  'roles/editor': {role: 'projectEditor', caps: ['read', 'write', 'destroy']},
  'roles/viewer': {role: 'projectViewer', caps: ['read']},
};

const CONVENIENCE: Readonly<Record<string, string>> = {
  'roles/owner': 'projectOwner',
  'roles/editor': 'projectEditor',
  'roles/viewer': 'projectViewer',
};

/**
 * Basic roles reach data by policies of buckets and datasets that name "the editors of the project". Where such a policy is in
 * the inventory it decides; where it is not, the default is an open question.
 */
export function drawBasicRoles(
  context: BuildContext,
  {scopes, placer, records}: {scopes: Scopes; placer: Placer; records: Records},
): void {
  const {estate, graph} = context;
  const conveniences = estate.principals.flatMap(({id}) => {
    const named = /^gcp:(project(?:Owner|Editor|Viewer)):(.+)$/.exec(id);
    const project = named === null ? null : scopes.container(`projects/${named[2]}`);
    return named === null || project === null ? [] : [{id, kind: named[1]!, project}];
  });
  const withPolicy = new Set(
    estate.assignments.flatMap(({cloud, scope}) => (cloud === 'gcp' ? [scope] : [])),
  );
  const named = groupBy(conveniences, ({kind, project}) => `${kind} ${project}`);
  const known = new Map<string, {stores: readonly Workload[]; open: readonly Workload[]}>();
  for (const {holder, role, scope, sure} of records.basics()) {
    const kind = CONVENIENCE[role] ?? '';
    // A project's own are found at once; only folders and organisations look through all.
    const included =
      context.containers.get(scope)?.kind === 'project'
        ? (named.get(`${kind} ${scope}`) ?? [])
        : conveniences.filter((member) => member.kind === kind && scopes.within(member.project, scope));
    for (const {id, project} of included) {
      const own = project === scope;
      graph.edge(holder, id, 'MEMBER_OF', {
        evidence: `binding role = ${role} on ${scope}${own ? '' : '; inherited, which such members may not include'}`,
        certainty: own && sure ? 'certain' : 'conditional',
      });
    }
    const access = DEFAULT_ACCESS[role];
    if (access === undefined) continue;
    const area = {at: scope, reach: 'whole' as const};
    let data = known.get(scope);
    if (data === undefined) {
      const all = [BUCKET, DATASET].flatMap((sort) => placer.workloads(area, sort));
      known.set(scope, (data = {stores: all, open: all.filter(({id}) => !withPolicy.has(id))}));
    }
    const {stores, open} = data;
    const gap = open.length === 0 ? null : gapOf(context, scope, access.role);
    if (gap === null) continue;
    const facts = {
      evidence: `binding role = ${role}: buckets and datasets give ${access.role} access by default, their policies are not in the source`,
      certainty: 'conditional' as const,
      level: 0 as const,
      caps: access.caps,
      gap,
    };
    if (open.length === stores.length) {
      for (const sort of [BUCKET, DATASET]) placer.draw(holder, area, sort, facts);
    } else {
      for (const store of open) placer.drawOne(holder, store.id, facts);
    }
  }
}

function gapOf({containers}: BuildContext, scope: string, role: string): IdentityGap {
  const name = containers.get(scope)?.name ?? scope;
  return {
    id: `gap:gcp-default-access:${role}@${scope}`,
    question: `Do buckets and datasets of ${name} still give access to "${role}", as new ones do by default?`,
    about: scope,
    input: 'allow policies of the buckets and access lists of the datasets',
    remedy: 'Import `gcloud asset search-all-iam-policies`, which holds the policies of buckets.',
    certainty: 'conditional',
  };
}
