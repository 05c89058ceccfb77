import type {Workload} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';

/** Key origins and protection levels of keys that lie outside the provider. */
const OUTSIDE = new Set(['EXTERNAL_KEY_STORE', 'EXTERNAL', 'EXTERNAL_VPC']);

/**
 * Workloads whose data show an external key, or encrypted machines, without a declaration who authorises its use: no gate is
 * drawn for them, and that is said.
 */
export function tellUndeclaredCustody(
  {estate, graph, workloads}: BuildContext,
  covered: ReadonlySet<string>,
): void {
  const external: Workload[] = [];
  const encrypted: Workload[] = [];
  for (const workload of estate.workloads) {
    if (covered.has(workload.id)) continue;
    const key = workload.attributes['kmsKey'];
    const custodian =
      typeof key === 'string' ? (workloads.get(key) ?? workloads.get(`aws:${key}`)) : undefined;
    if (isOutside(workload) || (custodian && isOutside(custodian))) external.push(workload);
    else if (workload.cloud === 'vmware' && workload.attributes['vmEncrypted'] === true)
      encrypted.push(workload);
  }
  if (external.length > 0)
    graph.findings.push({
      code: 'BH-ID-441',
      severity: 'low',
      message: `${external.length} workload(s) use a key outside their provider, first \`${external[0]!.name}\`, but no key manager says whether it authorises by itself: they count as not guarded`,
      where: {id: external[0]!.id},
      remedy: 'Declare it under `keyManagers` in identity.yaml with `independentAuthorisation`.',
    });
  if (encrypted.length > 0)
    graph.findings.push({
      code: 'BH-ID-442',
      severity: 'low',
      message: `${encrypted.length} encrypted virtual machine(s), first \`${encrypted[0]!.name}\`, but no key manager says who holds their keys: they count as not guarded`,
      where: {id: encrypted[0]!.id},
      remedy:
        'Declare the key provider of vCenter under `keyManagers` in identity.yaml (`native`, `external` or `trust-authority`).',
    });
}

function isOutside({attributes}: Workload): boolean {
  return [attributes['kmsOrigin'], attributes['kmsProtection']].some(
    (value) => typeof value === 'string' && OUTSIDE.has(value.toUpperCase()),
  );
}
