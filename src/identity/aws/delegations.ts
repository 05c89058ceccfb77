import type {Principal} from '../../model/estate.ts';
import {awsAccountOf} from '../root-ids.ts';
import {arnOf, partitionOf} from './accounts.ts';
import {type AwsClass, callerOf} from './classes.ts';
import type {Aws} from './engine.ts';
import {ANY, type ParsedPolicy, type Request, knownContext, parsePolicy} from './policy/index.ts';
import {type Subject, type SubjectList, subjectList} from './subject-list.ts';
import {openOn} from './subjects.ts';
import type {Trusting} from './trusting.ts';
import {type Chance, chanceOf, drawWays, isSure} from './ways.ts';

/** Who may assume which role because its own policies say so. */
export interface Delegations {
  /**
   * The role trusts an account as a whole.
   * @param chance of the trust side, where it is the same for every asker; else null
   */
  add(account: string, trusting: Trusting, because: string, chance: Chance | null): void;
  /** The role trusts a principal whose policies are known. */
  direct(asker: Principal, trusting: Trusting, because: string): void;
  /** Draws the edges, once all trusts were read. */
  draw(classes: readonly AwsClass[]): void;
  /** Roles a principal may assume without a detour. */
  rolesOf(principal: string): ReadonlySet<string>;
}

interface Handed extends Pick<Trusting, 'role' | 'policy'> {
  because: string;
  chance: Chance | null;
}

/** Pairs of askers and roles with conditions on the asker that are asked one by one; beyond, the answer is "conditional". */
const MOST_PAIRS = 250_000;

export function createDelegations(aws: Aws): Delegations {
  const {asking, context, classOf} = aws;
  const {graph} = context;
  const handed = new Map<string, Handed[]>();
  const roles = new Map<string, Set<string>>();
  const note = (asker: string, role: string): void => {
    const known = roles.get(asker);
    if (known) known.add(role);
    else roles.set(asker, new Set([role]));
  };
  const pair = (
    asker: Principal,
    {group, number, limits}: AwsClass,
    {role, policy, because}: Omit<Handed, 'chance'>,
  ): void => {
    if (asker.id === role.id) return;
    const chance = chanceOf(
      asking.ask(group, {
        action: 'sts:AssumeRole',
        resource: arnOf(role.id),
        resourcePolicy: policy,
        rcps: classOf.get(role.id)?.limits.rcps ?? [],
        caller: callerOf(asker, number),
      }),
    );
    if (chance.ways.length === 0) return;
    note(asker.id, role.id);
    drawWays(graph, {
      from: asker.id,
      to: role.id,
      kind: 'CAN_ASSUME',
      chance,
      evidence: `sts-001: AssumeRolePolicyDocument ${because}`,
      gap: limits.gap,
      place: {id: role.id},
    });
  };
  return {
    rolesOf: (principal) => roles.get(principal) ?? new Set(),
    add(account, {role, policy}, because, chance) {
      const known = handed.get(account);
      if (known) known.push({role, policy, because, chance});
      else handed.set(account, [{role, policy, because, chance}]);
    },
    direct(asker, {role, policy}, because) {
      pair(asker, classOf.get(asker.id)!, {role, policy, because});
    },
    draw(classes) {
      for (const [account, list] of handed) {
        const askers = classes.filter(
          (one) =>
            one.account === account && asking.patterns(one.group, 'sts:AssumeRole').patterns.length > 0,
        );
        const people = askers.reduce((sum, {members}) => sum + members.length, 0);
        for (const [number, own] of byRoleAccount(list)) {
          const settled = people * own.length > MOST_PAIRS ? own.map(leftOpen) : own;
          const facts = factsOf(awsAccountOf(account) ?? '', number);
          const heads = headsOf(aws, account, number, settled);
          const special = specialOf(settled);
          for (const asker of askers) {
            drawPlain(aws, asker, number, heads, {facts, note});
            drawSpecial(asker, number, special, facts);
          }
        }
      }
    },
  };

  /** Trusts with conditions on the asker: one question for each role of which its own policies speak. */
  function drawSpecial(asker: AwsClass, number: string, special: Special, facts: Facts): void {
    if (special.roles.items.length === 0) return;
    const probe = probeFor(special.roles, number);
    for (const {members} of openOn(asking, asker.group, ['sts:AssumeRole'], special.roles, probe, facts)) {
      for (const {id} of members)
        for (const trusting of special.of.get(id) ?? [])
          for (const member of asker.members) pair(member, asker, trusting);
    }
  }
}

/** Roles whose trust tells askers apart, with the statements that do. */
interface Special {
  roles: SubjectList;
  of: ReadonlyMap<string, Handed[]>;
}

function specialOf(list: readonly Handed[]): Special {
  const of = new Map<string, Handed[]>();
  for (const one of list) {
    if (one.chance !== null) continue;
    const known = of.get(one.role.id);
    if (known) known.push(one);
    else of.set(one.role.id, [one]);
  }
  return {roles: subjectList([...of.keys()].map((id) => ({id, arn: arnOf(id)}))), of};
}

/** Too many pairs to ask for each: the conditions on the asker stay open. */
function leftOpen(one: Handed): Handed {
  return one.chance !== null
    ? one
    : {
        ...one,
        chance: {
          ways: [{level: 0, certainty: 'conditional'}],
          because: ['the trust asks for more of the asker'],
        },
      };
}

function probeFor({items}: SubjectList, number: string): string {
  return `arn:${partitionOf(items[0]!.arn)}:iam::${number}:role/${ANY}`;
}

/** Roles of one account that hand the decision to another, by how surely. */
interface Heads {
  all: SubjectList;
  nodeOf: (members: readonly Subject[]) => string | null;
}

/** Nodes through which an account's askers get to the roles that trust it. */
function headsOf({sets, context}: Aws, account: string, number: string, plain: readonly Handed[]): Heads {
  const all = new Map<string, Subject>();
  for (const {role, because, chance} of plain) {
    if (chance === null || chance.ways.length === 0) continue;
    if (isSure(chance)) {
      all.set(role.id, {id: role.id, arn: arnOf(role.id)});
      continue;
    }
    // Conditions of the trust stand between the askers and the role.
    const name = `${role.name}, asked for by ${account}`;
    const gate = context.graph.node(`${role.id}#asked-by:${account}`, 'container', 'assumable', name);
    if (!all.has(role.id)) all.set(role.id, {id: gate, arn: arnOf(role.id)});
    drawWays(context.graph, {
      from: gate,
      to: role.id,
      kind: 'CAN_ASSUME',
      chance,
      evidence: `sts-001: AssumeRolePolicyDocument ${because}`,
      place: {id: role.id},
    });
  }
  const list = subjectList([...all.values()]);
  return {
    all: list,
    nodeOf: (members) =>
      sets.of(
        account,
        `assumable-in-${number}`,
        `roles in ${number} open to the own policies`,
        members.map(({id}) => id),
        list.items.map(({id}) => id),
      ),
  };
}

function drawPlain(
  aws: Aws,
  asker: AwsClass,
  number: string,
  {all, nodeOf}: Heads,
  {facts, note}: {facts: Facts; note: (asker: string, role: string) => void},
): void {
  if (all.items.length === 0) return;
  const {asking, context} = aws;
  const probe = probeFor(all, number);
  for (const {chance, members} of openOn(asking, asker.group, ['sts:AssumeRole'], all, probe, facts)) {
    const node = nodeOf(members);
    if (node === null) continue;
    for (const {id} of asker.members) {
      drawWays(context.graph, {
        from: id,
        to: node,
        kind: 'CAN_ASSUME',
        chance,
        evidence: 'sts-001: own policies allow sts:AssumeRole on roles that trust the account',
        gap: asker.limits.gap,
        place: {id},
      });
      for (const member of members) if (members.length <= FEW) note(id, `aws:${member.arn}`);
    }
  }
}

/** Above this many assumable roles they are not noted one by one for ways that also change the role. */
const FEW = 200;

type Facts = Omit<Request, 'action' | 'resource'>;

/** The trust side is drawn apart, so the question is put as if the role left it to the asker's account. */
function factsOf(number: string, roleAccount: string): Facts {
  return {
    resourcePolicy: handedTo(number),
    resourceAccount: number,
    context: knownContext({'aws:ResourceAccount': roleAccount}),
  };
}

function handedTo(account: string): ParsedPolicy {
  return parsePolicy(
    {
      Version: '2012-10-17',
      Statement: [{Effect: 'Allow', Principal: {AWS: account}, Action: 'sts:AssumeRole'}],
    },
    `trust in account ${account}`,
  );
}

function byRoleAccount(list: readonly Handed[]): Map<string, Handed[]> {
  const groups = new Map<string, Handed[]>();
  for (const handed of list) {
    const number = awsAccountOf(handed.role.id) ?? '';
    const known = groups.get(number);
    if (known) known.push(handed);
    else groups.set(number, [handed]);
  }
  return groups;
}
