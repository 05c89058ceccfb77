import type {Principal} from '../../model/estate.ts';
import {awsAccountOf} from '../root-ids.ts';
import {arnOf} from './accounts.ts';
import {type AwsClass, callerOf} from './classes.ts';
import type {Aws} from './engine.ts';
import {ANY, type ParsedPolicy, type Request, knownContext, parsePolicy} from './policy/index.ts';
import {type Subject, openOn, subjectList} from './subjects.ts';
import {type Chance, atBest, chanceOf, drawWays} from './ways.ts';

/** Who may assume which role because its own policies say so. */
export interface Delegations {
  /**
   * The role trusts an account as a whole.
   * @param chance of the trust side, where it is the same for every asker; else null
   */
  add(account: string, role: Principal, because: string, chance: Chance | null): void;
  /** The role trusts a principal whose policies are known. */
  direct(asker: Principal, role: Principal, because: string): void;
  /** Draws the edges, once all trusts were read. */
  draw(classes: readonly AwsClass[]): void;
  /** Roles a principal may assume without a detour. */
  rolesOf(principal: string): ReadonlySet<string>;
}

interface Handed {
  role: Principal;
  because: string;
  chance: Chance | null;
}

/** Pairs of askers and roles with conditions on the asker that are asked one by one; beyond, the answer is "conditional". */
const MOST_PAIRS = 250_000;

export function createDelegations(aws: Aws): Delegations {
  const {asking, context, populations, classOf} = aws;
  const {graph} = context;
  const handed = new Map<string, Handed[]>();
  const roles = new Map<string, Set<string>>();
  let pairs = 0;
  const note = (asker: string, role: string): void => {
    const known = roles.get(asker);
    if (known) known.add(role);
    else roles.set(asker, new Set([role]));
  };
  const pair = (
    asker: Principal,
    {group, number, limits}: AwsClass,
    role: Principal,
    because: string,
  ): void => {
    if (asker.id === role.id) return;
    pairs++;
    const chance = chanceOf(
      asking.ask(group, {
        action: 'sts:AssumeRole',
        resource: arnOf(role.id),
        resourcePolicy: populations.trustOf(role),
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
    add(account, role, because, chance) {
      const known = handed.get(account);
      if (known) known.push({role, because, chance});
      else handed.set(account, [{role, because, chance}]);
    },
    direct(asker, role, because) {
      pair(asker, classOf.get(asker.id)!, role, because);
    },
    draw(classes) {
      for (const [account, list] of handed) {
        const askers = classes.filter(
          (one) =>
            one.account === account && asking.patterns(one.group, 'sts:AssumeRole').patterns.length > 0,
        );
        for (const [number, own] of byRoleAccount(list)) {
          const plain = own.filter(({chance}) => chance !== null);
          const heads = headsOf(aws, account, number, plain);
          const facts = factsOf(awsAccountOf(account) ?? '', number);
          for (const asker of askers) drawPlain(aws, asker, number, heads, {facts, note});
          for (const one of own) {
            if (one.chance === null) drawSpecial(one, askers, facts);
          }
        }
      }
    },
  };

  /** A trust with conditions on the asker: one question for each of those whose own policies speak of the role. */
  function drawSpecial({role, because}: Handed, askers: readonly AwsClass[], facts: Facts): void {
    const one = subjectList([{id: role.id, arn: arnOf(role.id)}]);
    for (const asker of askers) {
      const parts = openOn(asking, asker.group, ['sts:AssumeRole'], one, arnOf(role.id), facts);
      if (parts.length === 0) continue;
      for (const member of asker.members) {
        if (pairs < MOST_PAIRS) {
          pair(member, asker, role, because);
          continue;
        }
        drawWays(graph, {
          from: member.id,
          to: role.id,
          kind: 'CAN_ASSUME',
          chance: atBest(parts[0]!.chance, 'conditional', 'the trust asks for more of the asker'),
          evidence: `sts-001: AssumeRolePolicyDocument ${because}`,
          gap: asker.limits.gap,
          place: {id: role.id},
        });
      }
    }
  }
}

/** Roles of one account that hand the decision to another, by how surely. */
interface Heads {
  all: readonly Subject[];
  nodeOf: (members: readonly Subject[]) => string | null;
}

/** Nodes through which an account's askers get to the roles that trust it. */
function headsOf({sets, context}: Aws, account: string, number: string, plain: readonly Handed[]): Heads {
  const gates = new Map<string, string>();
  for (const {role, because, chance} of plain) {
    const sure =
      chance!.ways.length === 1 && chance!.ways[0]!.certainty === 'certain' && chance!.ways[0]!.level === 0;
    if (sure) continue;
    // Conditions of the trust stand between the askers and the role.
    const gate = context.graph.node(
      `${role.id}#asked-by:${account}`,
      'container',
      'assumable',
      `${role.name}, asked for by ${account}`,
    );
    gates.set(role.id, gate);
    drawWays(context.graph, {
      from: gate,
      to: role.id,
      kind: 'CAN_ASSUME',
      chance: chance!,
      evidence: `sts-001: AssumeRolePolicyDocument ${because}`,
      place: {id: role.id},
    });
  }
  const open = plain.filter(({chance}) => chance!.ways.length > 0);
  const all = open.map(({role}) => ({id: gates.get(role.id) ?? role.id, arn: arnOf(role.id)}));
  return {
    all,
    nodeOf: (members) =>
      sets.of(
        account,
        `assumable-in-${number}`,
        `roles in ${number} open to the own policies`,
        members.map(({id}) => id),
        members.length === all.length,
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
  if (all.length === 0) return;
  const {asking, context} = aws;
  const list = subjectList(all);
  const partition = arnOf(all[0]!.arn).split(':')[1] ?? 'aws';
  const probe = `arn:${partition}:iam::${number}:role/${ANY}`;
  for (const {chance, members} of openOn(asking, asker.group, ['sts:AssumeRole'], list, probe, facts)) {
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
