import type {Principal} from '../../model/estate.ts';
import {canonicalRoot} from '../root-ids.ts';
import {accountContainer} from './accounts.ts';
import type {Aws} from './engine.ts';

/** Root of the Identity Center that signs people in to a reserved role. */
export function identityCenterRoot(aws: Aws, role: Principal): string {
  const {estate, containers} = aws.context;
  const account = accountContainer(aws.context, role);
  const root = account === null ? null : (containers.get(account)?.root ?? null);
  const instances = new Set(estate.permissionSets.map(({instance}) => instance));
  const [only] = instances;
  // An organisation has one instance of its own; an estate with one organisation names it by the instance.
  const key = instances.size === 1 && only !== undefined ? instanceKey(only) : null;
  return instanceRoot(
    aws,
    key ?? `of-${root === null ? (account ?? 'unknown') : canonicalRoot(root).replace(/^aws-org:/, '')}`,
  );
}

/** Root of an Identity Center instance by the last part of its ARN. */
export function instanceRoot({context: {graph}}: Aws, key: string): string {
  return graph.root(`idp:aws-identity-center/${key}`, `Identity Center ${key}`);
}

/** `aws:arn:aws:sso:::instance/ssoins-1` → `ssoins-1`. */
export function instanceKey(instance: string): string {
  return instance.slice(instance.lastIndexOf('/') + 1);
}
