import type {Principal} from '../../model/estate.ts';
import type {IdentityGap} from '../../model/identity-facts.ts';
import type {PrivilegePath} from '../../model/privilege-paths.ts';
import type {GraphBuilder} from '../builder.ts';
import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import type {Asking} from './asking.ts';
import type {AwsClass} from './classes.ts';
import type {Delegations} from './delegations.ts';
import type {DataAccess} from './data-access.ts';
import type {Documents} from './documents.ts';
import type {Population, Populations} from './population.ts';
import type {PrincipalClass, Way} from './policy/index.ts';
import type {Sets} from './sets.ts';
import {type Chance, covers, drawWays, isSure} from './ways.ts';

/** What every part of the AWS graph works with. */
export interface Aws {
  context: BuildContext;
  facets: Facets;
  documents: Documents;
  asking: Asking;
  data: DataAccess;
  populations: Populations;
  sets: Sets;
  /** Class of each listed user and role. */
  classOf: ReadonlyMap<string, AwsClass>;
  delegations: Pick<Delegations, 'rolesOf'>;
  /** Holders that are no principals: who has joined a group, what a boundary leaves. Worked off after the classes. */
  pending: Holder[];
  /** Nodes of such holders made so far. */
  made: Set<string>;
  /** What limits leave, by the class they bind. */
  left: WeakMap<PrincipalClass, Left>;
}

/** A class that allows itself everything, and whether that makes it an administrator. */
export interface Left {
  all: PrincipalClass;
  control: Chance;
}

/** Whose rights are being drawn. */
export interface Holder {
  /** Node ids the edges start at. */
  nodes: readonly string[];
  /** Users or roles it stands for; empty for what is no principal. */
  members: readonly Principal[];
  account: string;
  number: string;
  kind: 'user' | 'role';
  group: PrincipalClass;
  /** Managed, inline and group policies, and groups; empty for what is no principal. */
  policies: readonly string[];
  groups: readonly string[];
  gap: IdentityGap | null;
  population: Population;
  /** `kind head` of edges that are certain at level 0: what is drawn once need not be drawn less surely again. */
  sure: Set<string>;
  /** Ways by which it has every right anyhow: no less sure way to anything in the account is worth an edge. */
  control: readonly Way[];
}

export function holderOf(
  aws: Aws,
  {account, number, kind, members, group, policies, groups, limits}: AwsClass,
): Holder {
  return {
    nodes: members.map(({id}) => id),
    members,
    account,
    number,
    kind,
    group,
    policies,
    groups,
    gap: limits.gap,
    population: aws.populations.of(account),
    sure: new Set(),
    control: [],
  };
}

/** Edges of a holder to what it obtains, from all of its nodes or one of them. */
export function obtain(
  {context}: Aws,
  holder: Holder,
  to: string | null,
  path: Pick<PrivilegePath, 'id' | 'edge'>,
  chance: Chance,
  more: {gap?: IdentityGap | null; nodes?: readonly string[]} = {},
): void {
  const ways = chance.ways.filter((way) => !holder.control.some((known) => covers(known, way)));
  if (to === null || ways.length === 0) return;
  const nodes = more.nodes ?? holder.nodes;
  const key = `${path.edge} ${to}`;
  if (holder.sure.has(key)) return;
  if (nodes === holder.nodes && !more.gap && isSure(chance)) holder.sure.add(key);
  // Two open questions take two edges: an answer to one must not settle the other.
  const head = more.gap && holder.gap ? underGap(context.graph, to, holder.gap) : to;
  for (const from of nodes) {
    drawWays(context.graph, {
      from,
      to: head,
      kind: path.edge,
      chance: {ways, because: chance.because},
      evidence: path.id,
      gap: more.gap ?? holder.gap,
      place: {id: from},
    });
  }
}

/** Node in front of another that is passed if the question is answered with yes. */
function underGap(graph: GraphBuilder, to: string, gap: IdentityGap): string {
  const node = `${to}#if:${gap.id}`;
  if (graph.has(node)) return node;
  graph.node(node, 'container', 'limited', `what ${gap.about} leaves of it`);
  graph.edge(node, to, 'LEFT_BY', {evidence: `${gap.input}: not in the source`, gap});
  return node;
}
