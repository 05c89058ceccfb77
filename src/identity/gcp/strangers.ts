import type {BuildContext} from '../context.ts';

/** Roles and scopes nobody explains, with how often and where first. */
export interface Strangers {
  roles: Map<string, {count: number; first: string}>;
  scopes: Map<string, {count: number; first: string}>;
}

/** Tells about them, and about conditions that were too many to look at one by one. */
export function tellStrangers({graph}: BuildContext, {roles, scopes}: Strangers, exhausted: boolean): void {
  for (const [role, {count}] of roles)
    graph.findings.push({
      code: 'BH-ID-001',
      severity: 'low',
      message: `role \`${role}\` is assigned ${count}× but no source says what it allows; its holders count in the upper end only`,
      where: {id: role},
      remedy:
        'Export the custom roles with their permissions (`gcloud asset export --content-type=resource --asset-types=iam.googleapis.com/Role`, or `gcloud iam roles describe`) and import them.',
    });
  for (const [scope, {count}] of scopes)
    graph.findings.push({
      code: 'BH-ID-002',
      severity: 'low',
      message: `${count} role assignment(s) on \`${scope}\`, which is neither a container nor a workload of the inventory`,
      where: {id: scope},
      remedy: 'Import the hierarchy and resources of this scope.',
    });
  if (exhausted)
    graph.findings.push({
      code: 'BH-ID-304',
      severity: 'low',
      message:
        'there are too many bindings with conditions on resource names over too many resources; the rest of them counts as conditional',
      where: {},
      remedy: 'Bind such roles on the resource itself, or on its project.',
    });
}
