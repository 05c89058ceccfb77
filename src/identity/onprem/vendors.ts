import type {BuildContext} from '../context.ts';
import {reference} from '../references.ts';

/** Root id of a vendor by its name. */
export function vendorRoot(name: string): string {
  return name.toLowerCase().startsWith('vendor:')
    ? `vendor:${slug(name.slice('vendor:'.length))}`
    : `vendor:${slug(name)}`;
}

/** Declared vendors: one root over all accounts and tenants they come from. */
export function addVendors(context: BuildContext): void {
  const {estate, graph} = context;
  for (const vendor of estate.identity.flatMap(({vendors}) => vendors ?? [])) {
    const {name, accounts, tenants, hasAccessTo, level, place} = vendor;
    const root = graph.root(vendorRoot(name), `vendor ${name}`, 'vendor');
    const own: [string, string][] = [
      ...accounts.map((account): [string, string] => [
        `aws-account:${account}`,
        `AWS account ${account} of ${name} (declared)`,
      ]),
      ...tenants.map((tenant): [string, string] => [
        tenant.startsWith('entra:') ? tenant : `entra:${tenant}`,
        `Entra tenant of ${name} (declared)`,
      ]),
    ];
    for (const [id, called] of own) {
      graph.edge(root, graph.root(id, called), 'OWNS', {
        evidence: `vendors ${name}: declared to come from ${id}`,
        bound: 'workload',
        place,
      });
    }
    for (const id of reference(context, hasAccessTo, 'vendors.hasAccessTo', place)) {
      graph.edge(root, id, 'VENDOR_ACCESS', {evidence: `vendors ${name}: hasAccessTo`, level, place});
    }
  }
}

function slug(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
