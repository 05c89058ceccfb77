import type {Container} from '../model/estate.ts';
import type {IdentityGap} from '../model/identity-facts.ts';
import type {BuildContext} from './context.ts';
import type {EdgeFacts} from './builder.ts';
import {awsAccountOf, canonicalRoot} from './root-ids.ts';

/** Services that let the management account act inside every member account. */
const TRUSTED_ACCESS: Readonly<Record<string, string>> = {
  'member.org.stacksets.cloudformation.amazonaws.com': 'service-managed StackSets',
  'sso.amazonaws.com': 'Identity Center',
  'iam.amazonaws.com': 'central management of root access',
};

/**
 * How surely whoever rules what is above a container rules the container: certain everywhere but for AWS accounts that were
 * invited and of which no way in for the management account is known.
 */
export function heldFromAbove(context: BuildContext, container: Container): EdgeFacts {
  const evidence = `parent = ${container.parent}`;
  if (container.cloud !== 'aws' || container.kind !== 'account') return {evidence};
  const organisation = organisationOf(context, container);
  if (organisation === null) return {evidence};
  if (context.awsManagement.has(awsAccountOf(container.id) ?? ''))
    return {evidence: `${evidence}; the management account itself`};
  const joined = container.attributes?.['joinedMethod'];
  if (joined === 'CREATED')
    return {
      evidence: `${evidence}; joinedMethod = CREATED: the management account holds OrganizationAccountAccessRole`,
    };
  const access = String(context.containers.get(organisation)?.attributes?.['trustedAccess'] ?? '').split(' ');
  const service = access.find((name) => Object.hasOwn(TRUSTED_ACCESS, name));
  if (service !== undefined)
    return {
      evidence: `${evidence}; trusted access of ${service}: ${TRUSTED_ACCESS[service]} acts in every account`,
    };
  if (hasAccessRole(context, container))
    return {evidence: `${evidence}; role OrganizationAccountAccessRole is there`};
  return {
    evidence: `${evidence}; joinedMethod = ${joined === undefined ? 'not in the source' : String(joined)}`,
    certainty: 'conditional',
    gap: memberGap(container, organisation),
  };
}

function hasAccessRole({principalsIn}: BuildContext, {id}: Container): boolean {
  return (principalsIn.get(id) ?? []).some(
    ({kind, name}) =>
      kind === 'iamRole' && (name === 'OrganizationAccountAccessRole' || name === 'AWSControlTowerExecution'),
  );
}

function organisationOf({containers}: BuildContext, account: Container): string | null {
  if (account.root !== null) return canonicalRoot(account.root);
  const seen = new Set<string>();
  for (let at = account.parent; at !== null && !seen.has(at); at = containers.get(at)?.parent ?? null) {
    seen.add(at);
    if (containers.get(at)?.kind === 'organization') return canonicalRoot(at);
  }
  return null;
}

function memberGap({id, name}: Container, organisation: string): IdentityGap {
  return {
    id: `gap:aws-org-member:${id}`,
    question: `Can the management account of ${organisation} act inside account ${name} (access role, StackSets, Identity Center, central root access)?`,
    about: id,
    input: `\`JoinedMethod\` of \`aws organizations list-accounts\` and \`list-aws-service-access-for-organization\`; account ${awsAccountOf(id) ?? id}`,
    remedy:
      'Import both answers. Without such access the management account can still deny service by policy.',
    certainty: 'conditional',
  };
}
