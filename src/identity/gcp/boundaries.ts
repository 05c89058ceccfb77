import type {AccessBoundary} from '../../model/identity-facts.ts';
import type {BuildContext} from '../context.ts';
import {actionMatches} from '../rights.ts';
import {type Answer, decide} from './condition/decide.ts';
import {parseCondition} from './condition/parse.ts';
import {type PrincipalWorld, holds} from './principal-sets.ts';
import {BLOCKED_SINCE, NEWEST_VERSION} from './tables/boundary-permissions.ts';

/** Boundaries as they concern one principal. */
export interface Bounds {
  /** Which bindings hold for it, and whether for certain; one text per combination. */
  key: string;
  /** Containers and workloads that stay reachable for certain. */
  inside: readonly string[];
  /** Those that stay reachable only if a boundary concerns it of which that is not certain. */
  perhaps: readonly string[];
  /** False where no boundary concerns it for certain: then what lies outside is in doubt rather than lost. */
  sure: boolean;
  name: string;
  /** Whether the boundary holds this permission back. */
  blocks(permission: string): Answer;
}

/** Principal access boundaries: whoever is bound to one reaches nothing outside the union of all it is bound to. */
export interface Boundaries {
  of(principal: string): Bounds | null;
}

interface Bound {
  binding: AccessBoundary;
  inside: string[];
  version: number | null;
  /** The policy's resources are not in the source, or cannot all be resolved. */
  open: boolean;
}

/** Joins bindings with their policies. */
export function createBoundaries(context: BuildContext, world: PrincipalWorld): Boundaries {
  const {estate, graph} = context;
  const policies = new Map(estate.accessBoundaries.map((record) => [record.id, record]));
  const sorted = estate.accessBoundaries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const bounds = sorted.flatMap((binding): Bound[] => {
    if (binding.cloud !== 'gcp' || binding.principals.length === 0) return [];
    const policy = binding.policy === undefined ? binding : policies.get(binding.policy);
    if (policy === undefined)
      graph.findings.push({
        code: 'BH-ID-303',
        severity: 'low',
        message: `\`${binding.name}\` binds principals to the boundary \`${binding.policy}\`, whose resources are not in the source; what its principals keep counts as conditional`,
        where: {id: binding.id},
        remedy:
          'Import `gcloud iam principal-access-boundary-policies list --organization=… --location=global --format=json`.',
      });
    const inside = (policy?.resources ?? []).map((name) => nodeOf(name, context, world));
    return [
      {
        binding,
        inside: inside.filter((id) => id !== null),
        version: versionOf(policy?.enforcementVersion),
        open: policy === undefined,
      },
    ];
  });
  const known = new Map<string, Bounds | null>();
  return {
    of(principal) {
      if (bounds.length === 0) return null;
      let found = known.get(principal);
      if (found === undefined) known.set(principal, (found = boundsOf(principal, bounds, context, world)));
      return found;
    },
  };
}

function boundsOf(id: string, bounds: Bound[], context: BuildContext, world: PrincipalWorld): Bounds | null {
  const concerned = bounds.flatMap((bound, i) => {
    const answer = concerns(bound.binding, id, context, world);
    return answer === 'no' ? [] : [{bound, i, sure: answer === 'yes' && !bound.open}];
  });
  if (concerned.length === 0) return null;
  const versions = concerned.map(({bound}) => bound.version);
  const certain = concerned.filter(({sure}) => sure);
  // A single doubtful boundary leaves what lies inside it reachable whether it holds or not.
  const reachable = certain.length > 0 || concerned.length > 1 ? certain : concerned;
  const inside = new Set(reachable.flatMap(({bound}) => bound.inside));
  return {
    key: concerned.map(({i, sure}) => `${i}${sure ? '' : '?'}`).join(','),
    inside: [...inside].sort(),
    perhaps: [...new Set(concerned.flatMap(({bound}) => bound.inside))]
      .filter((at) => !inside.has(at))
      .sort(),
    sure: certain.length > 0 && concerned.every(({bound}) => !bound.open),
    name: concerned.map(({bound}) => bound.binding.name).join(', '),
    // A permission is held back only where every boundary it could be used through holds it back.
    blocks(permission) {
      const answers = versions.map((version) => isBlocked(permission, version));
      return answers.includes('no') ? 'no' : answers.includes('maybe') ? 'maybe' : 'yes';
    },
  };
}

function concerns(
  binding: AccessBoundary,
  id: string,
  {options}: BuildContext,
  world: PrincipalWorld,
): Answer {
  const answers = binding.principals.map((set) => holds(set, id, world));
  const held: Answer = answers.includes('yes') ? 'yes' : answers.includes('maybe') ? 'maybe' : 'no';
  if (held === 'no' || binding.condition === null) return held;
  const tree = parseCondition(binding.condition);
  const decided =
    tree === null ? 'maybe' : decide(tree, (path) => attribute(path, id), Date.parse(options.now)).answer;
  if (decided === 'no') return 'no';
  return held === 'yes' && decided === 'yes' ? 'yes' : 'maybe';
}

/** `principal.type` and `principal.subject` of boundary conditions. */
function attribute(path: string, id: string) {
  if (path === 'principal.type') {
    const type = id.startsWith('gcp:serviceAccount:')
      ? 'iam.googleapis.com/ServiceAccount'
      : id.startsWith('gcp:user:')
        ? 'iam.googleapis.com/WorkspaceIdentity'
        : id.includes('/workforcePools/')
          ? 'iam.googleapis.com/WorkforcePoolIdentity'
          : id.includes('/workloadIdentityPools/')
            ? 'iam.googleapis.com/WorkloadPoolIdentity'
            : null;
    return type === null ? null : {spellings: [type]};
  }
  const subject = /^gcp:(?:serviceAccount|user):(.+)$/.exec(id)?.[1];
  return path === 'principal.subject' && subject !== undefined ? {spellings: [subject]} : null;
}

/** `null` = the version is not in the source. */
function versionOf(written: string | undefined): number | null {
  if (written === undefined || written === '') return null;
  if (written === 'latest') return NEWEST_VERSION;
  const number = Number(written);
  return Number.isInteger(number) && number > 0 ? number : null;
}

/** Whether a boundary of this enforcement version holds a permission back. */
export function isBlocked(permission: string, version: number | null): Answer {
  const since = BLOCKED_SINCE.filter(
    ({pattern, except}) => actionMatches(pattern, permission) && except?.includes(permission) !== true,
  ).map((row) => row.version);
  const first = since.length === 0 ? null : Math.min(...since);
  if (version === null) return first === 1 ? 'yes' : first === null ? 'no' : 'maybe';
  if (first === null) return version > NEWEST_VERSION ? 'maybe' : 'no';
  return first <= version ? 'yes' : 'no';
}

function nodeOf(name: string, {workloads}: BuildContext, {scopes}: PrincipalWorld): string | null {
  return scopes.container(name) ?? (workloads.has(`gcp:${name}`) ? `gcp:${name}` : null);
}
