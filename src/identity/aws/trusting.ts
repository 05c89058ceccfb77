import type {Principal} from '../../model/estate.ts';
import {arnOf} from './accounts.ts';
import type {Aws} from './engine.ts';
import {type ParsedPolicy, type PrincipalClass, type Statement, missingPolicy} from './policy/index.ts';
import {asksExternalId} from './trust-conditions.ts';
import {type Chance, chanceOf, drawWays} from './ways.ts';

/** One allow statement of a role's trust policy that is being read. */
export interface Trusting {
  role: Principal;
  statement: Statement;
  /** The statement with the denies that stand beside it: the other allows have edges of their own. */
  policy: ParsedPolicy;
  /** Principals that are trusted but in no source, with the roles that trust them. */
  stale: Map<string, string[]>;
}

/** Whether the trust lets somebody in, as far as his side is not known or allows it. */
export function asked({asking, classOf}: Aws, {role, policy}: Trusting, group: PrincipalClass): Chance {
  return chanceOf(
    asking.ask(group, {
      action: 'sts:AssumeRole',
      resource: arnOf(role.id),
      resourcePolicy: policy,
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

/** Denies that are asked one by one; a trust policy has room for fewer. */
const MOST_DENIES = 100;

/** What of a trust policy has a say beside one allow statement. Of very many denies it stays open which ones hit. */
export function deniesOf({name, statements}: ParsedPolicy): Statement[] {
  const denies = statements.filter(({effect}) => effect === 'Deny');
  if (denies.length <= MOST_DENIES) return denies;
  return missingPolicy(`${denies.length} denies of ${name}`).statements.filter(
    ({effect}) => effect === 'Deny',
  );
}
