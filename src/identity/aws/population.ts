import {type Collected, collectedIndex} from '../../estate/collected.ts';
import type {Principal, Workload} from '../../model/estate.ts';
import type {PathTarget} from '../../model/privilege-paths.ts';
import type {BuildContext} from '../context.ts';
import {accountContainer, arnOf, isListed, isProfile, isServiceLinked, partitionOf} from './accounts.ts';
import {type ParsedPolicy, parsePolicy} from './policy/index.ts';
import {type SubjectList, subjectList} from './subject-list.ts';

/** Who and what lives in an account, as far as rights can be over it. */
export interface Population {
  partition: string;
  users: SubjectList;
  /** Without those that belong to a service. */
  roles: SubjectList;
  groups: SubjectList;
  /** Customer managed policies that somebody holds. */
  policies: SubjectList;
  /** Roles a service may be given, by service principal. */
  passable(services: readonly string[], profile: boolean): SubjectList;
  /** Things of a kind; null = that kind was not collected. */
  things(target: PathTarget): SubjectList | null;
  /** All workloads of the account. */
  workloads: string[];
}

export interface Populations {
  of(account: string): Population;
  /** Trust policy of a role, read once; null = not in the source. */
  trustOf(role: Principal): ParsedPolicy | null;
}

export function createPopulations(context: BuildContext): Populations {
  const {estate, workloadsIn} = context;
  const collected = collectedIndex(estate);
  const members = new Map<string, Principal[]>();
  for (const principal of estate.principals) {
    const account = principal.cloud === 'aws' ? accountContainer(context, principal) : null;
    if (account === null) continue;
    const known = members.get(account);
    if (known) known.push(principal);
    else members.set(account, [principal]);
  }
  const profiled = rolesInProfiles(context);
  const trusts = new Map<string, ParsedPolicy>();
  const trustOf = (role: Principal): ParsedPolicy | null => {
    if (role.trust === undefined) return null;
    let policy = trusts.get(role.id);
    if (!policy) trusts.set(role.id, (policy = parsePolicy(role.trust, `trust policy of ${role.name}`)));
    return policy;
  };
  const known = new Map<string, Population>();
  return {
    trustOf,
    of(account) {
      let population = known.get(account);
      if (!population) {
        population = populate(members.get(account) ?? [], workloadsIn.get(account) ?? [], {
          account,
          collected,
          profiled,
          trustOf,
        });
        known.set(account, population);
      }
      return population;
    },
  };
}

interface Facts {
  account: string;
  collected: Collected;
  profiled: ReadonlySet<string>;
  trustOf(role: Principal): ParsedPolicy | null;
}

function populate(principals: Principal[], workloads: Workload[], facts: Facts): Population {
  const listed = principals.filter(isListed);
  const ofKind = (kind: Principal['kind']): SubjectList =>
    subjectList(
      listed
        .filter((one) => one.kind === kind && !isServiceLinked(one))
        .map(({id}) => ({id, arn: arnOf(id)})),
    );
  const roles = listed.filter((one) => one.kind === 'iamRole' && !isServiceLinked(one));
  const services = new Map(roles.map((role) => [role.id, servicesOf(facts.trustOf(role))]));
  const passable = new Map<string, SubjectList>();
  const things = new Map<PathTarget, SubjectList | null>();
  return {
    partition: partitionOf(arnOf((principals[0] ?? workloads[0])?.id ?? '')),
    users: ofKind('iamUser'),
    roles: ofKind('iamRole'),
    groups: ofKind('iamGroup'),
    policies: subjectList(
      [...new Set(listed.flatMap(({policies}) => policies ?? []))]
        .filter((id) => id.includes(':policy/') && !id.includes(':iam::aws:') && !id.includes('#'))
        .map((id) => ({id, arn: arnOf(id)})),
    ),
    workloads: workloads.map(({id}) => id),
    passable(wanted, profile) {
      const key = `${wanted.join(' ')} ${profile}`;
      let found = passable.get(key);
      if (!found) {
        found = subjectList(
          roles
            .filter(({id}) => wanted.some((service) => services.get(id)!.has(service)))
            .filter(({id}) => !profile || facts.profiled.has(id))
            .map(({id}) => ({id, arn: arnOf(id)})),
        );
        passable.set(key, found);
      }
      return found;
    },
    things(target) {
      const before = things.get(target);
      if (before !== undefined) return before;
      const found = workloads.filter(({nativeType}) => target.nativeTypes.includes(nativeType));
      const list =
        found.length > 0 || target.apis.some((api) => facts.collected(api, facts.account))
          ? subjectList(found.map(({id}) => ({id, arn: arnOf(id)})))
          : null;
      things.set(target, list);
      return list;
    },
  };
}

/** Service principals a trust policy lets in. */
function servicesOf(trust: ParsedPolicy | null): Set<string> {
  return new Set(
    (trust?.statements ?? []).flatMap(({effect, principal}) =>
      effect === 'Allow' && principal && !principal.negated
        ? principal.entries.flatMap(({type, value}) => (type === 'Service' ? [value] : []))
        : [],
    ),
  );
}

/** Roles that an instance profile hands out, with those whose profile nobody listed left out. */
function rolesInProfiles({estate, principals}: BuildContext): Set<string> {
  return new Set(
    estate.edges.flatMap(({from, to, kind}) => {
      const envelope = principals.get(from);
      return kind === 'RUNS_AS' && envelope && isProfile(envelope) ? [to] : [];
    }),
  );
}
