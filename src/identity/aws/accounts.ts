import type {Principal} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {awsAccountOf} from '../root-ids.ts';

/** Account container a principal belongs to; null = not in the inventory. */
export function accountContainer(context: BuildContext, principal: Principal): string | null {
  if (principal.container !== null && context.containers.has(principal.container)) return principal.container;
  return context.awsAccounts.get(awsAccountOf(principal.id) ?? '')?.id ?? null;
}

/** ARN of a principal or other thing without the prefix of its id. */
export function arnOf(id: string): string {
  return id.replace(/^aws:/, '');
}

/** `aws`, `aws-cn` or `aws-us-gov`, as the ARN says. */
export function partitionOf(arn: string): string {
  return /^arn:([^:]+):/.exec(arn)?.[1] ?? 'aws';
}

/** Made and ruled by a service: nobody else changes or passes it, and no service control policy binds it. */
export function isServiceLinked({id}: Principal): boolean {
  return id.includes(':role/aws-service-role/');
}

/** The envelope that hands a role to a machine; only IAM knows which role is inside. */
export function isProfile({kind, id}: Principal): boolean {
  return kind === 'unknown' && id.includes(':instance-profile/');
}

/** Whether a source listed the principal itself, so that what it holds is known. */
export function isListed({policies, implied}: Principal): boolean {
  return policies !== undefined || implied !== true;
}
