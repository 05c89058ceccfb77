import type {Certainty} from '../../model/common.ts';
import type {Principal} from '../../model/estate.ts';
import type {HeldPolicies} from './policies.ts';
import {mayAssume} from './rights.ts';
import type {Statement} from './statements.ts';
import type {BuildContext} from '../context.ts';
import {actionMatches} from '../rights.ts';

/** What a trust asks for besides the trusted identity. */
export interface Guard {
  level: 0 | 1;
  certainty: 'certain' | 'conditional' | 'unknown';
  note: string;
}

/** Those whose own policies let them assume roles. */
export interface Askers {
  /** Users and roles of an account that some policy may let assume a role. */
  in(account: string): readonly Principal[];
  /** Draws the edge of one of them to a role that trusts it, if its policies reach the role. */
  ask(asker: Principal, role: Principal, guard: Guard, because: string): void;
}

/** Reads the policies of those who may ask for a role, each once. */
export function createAskers(
  {graph, principalsIn}: BuildContext,
  policiesOf: (principal: Principal) => HeldPolicies,
): Askers {
  const known = new Map<string, Principal[]>();
  const allowed = (
    asker: Principal,
    arn: string,
  ): {certainty: Certainty; level: 0 | 1; note: string} | null => {
    const {statements, managed, gaps} = policiesOf(asker);
    const found = mayAssume(statements, arn, asker.boundary !== undefined);
    if (found) return found;
    // A deny that reaches the role binds managed policies as well: they are only asked where no statement denies.
    const denied = statements.some(({effect}) => effect === 'Deny');
    if (managed.length > 0)
      return {certainty: denied ? 'unknown' : 'conditional', level: 0, note: `, policy ${managed[0]!.name}`};
    return gaps.length > 0 ? {certainty: 'unknown', level: 0, note: `, ${gaps[0]!}`} : null;
  };
  return {
    in(account) {
      let found = known.get(account);
      if (!found) {
        found = (principalsIn.get(account) ?? []).filter((principal) => {
          if (principal.kind !== 'iamUser' && principal.kind !== 'iamRole') return false;
          const {statements, managed, gaps} = policiesOf(principal);
          return managed.length > 0 || gaps.length > 0 || statements.some(speaksOfAssuming);
        });
        known.set(account, found);
      }
      return found;
    },
    ask(asker, role, guard, because) {
      const own = asker.id === role.id ? null : allowed(asker, role.id.replace(/^aws:/, ''));
      if (own === null) return;
      graph.edge(asker.id, role.id, 'CAN_ASSUME', {
        evidence: `${because}${guard.note}; its own policy allows sts:AssumeRole${own.note}`,
        level: guard.level > own.level ? guard.level : own.level,
        certainty: weaker(guard.certainty, own.certainty),
        place: {id: role.id},
      });
    },
  };
}

function speaksOfAssuming({effect, actions, notActions}: Statement): boolean {
  if (effect !== 'Allow') return false;
  if (notActions.length > 0) return !notActions.some((p) => actionMatches(p, 'sts:AssumeRole'));
  return actions.some((p) => actionMatches(p, 'sts:AssumeRole'));
}

function weaker(a: Certainty, b: Certainty): Certainty {
  const order: Certainty[] = ['certain', 'conditional', 'unknown'];
  return order[Math.max(order.indexOf(a), order.indexOf(b))]!;
}
