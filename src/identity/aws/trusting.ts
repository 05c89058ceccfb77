import type {Principal} from '../../model/estate.ts';
import {arnOf} from './accounts.ts';
import type {Aws} from './engine.ts';
import type {PrincipalClass, Statement} from './policy/index.ts';
import {asksExternalId} from './trust-conditions.ts';
import {type Chance, chanceOf, drawWays} from './ways.ts';

/** One allow statement of a role's trust policy that is being read. */
export interface Trusting {
  role: Principal;
  statement: Statement;
  /** Principals that are trusted but in no source, with the roles that trust them. */
  stale: Map<string, string[]>;
}

/** Whether the trust lets somebody in, as far as his side is not known or allows it. */
export function asked({asking, populations, classOf}: Aws, {role}: Trusting, group: PrincipalClass): Chance {
  const trust = populations.trustOf(role);
  return chanceOf(
    asking.ask(group, {
      action: 'sts:AssumeRole',
      resource: arnOf(role.id),
      resourcePolicy: trust,
      rcps: classOf.get(role.id)?.limits.rcps ?? [],
    }),
  );
}

export function draw(
  aws: Aws,
  from: string,
  {role, statement}: Trusting,
  chance: Chance,
  because: string,
): void {
  const id = asksExternalId(statement)
    ? `${because}, ExternalId asked for (does not stop who holds the trusted side)`
    : because;
  drawWays(aws.context.graph, {
    from,
    to: role.id,
    kind: 'CAN_ASSUME',
    chance: {ways: chance.ways, because: chance.ways[0]?.certainty === 'certain' ? [] : chance.because},
    evidence: `sts-001: AssumeRolePolicyDocument ${id}`,
    place: {id: role.id},
  });
}
