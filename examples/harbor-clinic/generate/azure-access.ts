import {jsonFile, type GeneratedFile} from './files.ts';
import {assignmentId, principalId, SUBSCRIPTIONS, type SubscriptionKey} from './ids.ts';

/** Built-in roles: the GUIDs are Microsoft's public ones, the same in every tenant. */
const ROLES = {
  Owner: {id: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', actions: ['*'], notActions: [], dataActions: []},
  Contributor: {
    id: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
    actions: ['*'],
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
    ],
    dataActions: [],
  },
  Reader: {id: 'acdd72a7-3385-48ef-bd42-f606fba81ae7', actions: ['*/read'], notActions: [], dataActions: []},
  'User Access Administrator': {
    id: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'],
    notActions: [],
    dataActions: [],
  },
  'Storage Blob Data Contributor': {
    id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    actions: ['Microsoft.Storage/storageAccounts/blobServices/containers/read'],
    notActions: [],
    dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'],
  },
  'Storage Blob Data Reader': {
    id: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    actions: ['Microsoft.Storage/storageAccounts/blobServices/containers/read'],
    notActions: [],
    dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'],
  },
};
type RoleName = keyof typeof ROLES;

interface Assignment {
  principal: number;
  name: string;
  type: 'User' | 'Group' | 'ServicePrincipal';
  role: RoleName;
  scope: string;
}

const CLINIC = '/providers/Microsoft.Management/managementGroups/mg-harbor';
const DIGITAL = '/providers/Microsoft.Management/managementGroups/mg-digital';
const scopeOf = (key: SubscriptionKey, path = ''): string => `/subscriptions/${SUBSCRIPTIONS[key].id}${path}`;

/** Held above the subscriptions: `--include-inherited` repeats them in the export of each. */
const AT_CLINIC: Assignment[] = [
  {principal: 20, name: 'grp-cloud-admins', type: 'Group', role: 'Owner', scope: CLINIC},
  {principal: 21, name: 'sp-inventory', type: 'ServicePrincipal', role: 'Reader', scope: CLINIC},
  {
    principal: 22,
    name: 'breakglass-1@cloud.harborclinic.example',
    type: 'User',
    role: 'User Access Administrator',
    scope: CLINIC,
  },
];
const AT_DIGITAL: Assignment[] = [
  {principal: 30, name: 'grp-digital-admins', type: 'Group', role: 'Owner', scope: DIGITAL},
  {principal: 31, name: 'sp-inventory', type: 'ServicePrincipal', role: 'Reader', scope: DIGITAL},
];
const INHERITED = {clinical: AT_CLINIC, digital: AT_DIGITAL, sandbox: AT_DIGITAL};

const OWN: Record<SubscriptionKey, Assignment[]> = {
  clinical: [
    {
      principal: 23,
      name: 'grp-clinical-operators',
      type: 'Group',
      role: 'Contributor',
      scope: scopeOf('clinical'),
    },
    {
      principal: 24,
      name: 'sp-deploy-pipeline',
      type: 'ServicePrincipal',
      role: 'Contributor',
      scope: scopeOf('clinical', '/resourceGroups/rg-patient-portal'),
    },
    {
      principal: 2,
      name: 'vm-research-stats',
      type: 'ServicePrincipal',
      role: 'Storage Blob Data Contributor',
      scope: scopeOf(
        'clinical',
        '/resourceGroups/rg-research/providers/Microsoft.Storage/storageAccounts/stresearchcohort',
      ),
    },
    {
      principal: 45,
      name: 'Kestrel Statistics',
      type: 'ServicePrincipal',
      role: 'Storage Blob Data Reader',
      scope: scopeOf(
        'clinical',
        '/resourceGroups/rg-research/providers/Microsoft.Storage/storageAccounts/stresearchcohort',
      ),
    },
    {
      principal: 5,
      name: 'func-lab-hl7',
      type: 'ServicePrincipal',
      role: 'Reader',
      scope: scopeOf('clinical', '/resourceGroups/rg-lab'),
    },
  ],
  digital: [
    {principal: 25, name: 'grp-digital-team', type: 'Group', role: 'Contributor', scope: scopeOf('digital')},
    {
      principal: 32,
      name: 'sp-web-pipeline',
      type: 'ServicePrincipal',
      role: 'Contributor',
      scope: scopeOf('digital'),
    },
  ],
  sandbox: [
    {principal: 25, name: 'grp-digital-team', type: 'Group', role: 'Owner', scope: scopeOf('sandbox')},
  ],
};

/** Role assignments (one export per subscription) and the definitions they name. */
export function accessFiles(): GeneratedFile[] {
  return [
    ...(Object.keys(OWN) as SubscriptionKey[]).map((key) =>
      jsonFile(
        `inventory/azure/role-assignments-${key}.json`,
        [...INHERITED[key], ...OWN[key]].map((assignment) => assignmentRow(assignment, key)),
      ),
    ),
    jsonFile('inventory/azure/role-definitions.json', (Object.keys(ROLES) as RoleName[]).map(definitionRow)),
  ];
}

function assignmentRow(assignment: Assignment, key: SubscriptionKey): Record<string, unknown> {
  const name = assignmentId(
    assignment.principal * 16 +
      (assignment.scope.includes('/managementGroups/') ? 0 : 1 + Object.keys(OWN).indexOf(key)),
  );
  return {
    condition: null,
    conditionVersion: null,
    createdBy: principalId(90),
    createdOn: '2025-11-04T09:00:00.000000+00:00',
    delegatedManagedIdentityResourceId: null,
    description: null,
    id: `${assignment.scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    principalId: principalId(assignment.principal),
    principalName: assignment.name,
    principalType: assignment.type,
    roleDefinitionId: `${scopeOf(key)}/providers/Microsoft.Authorization/roleDefinitions/${ROLES[assignment.role].id}`,
    roleDefinitionName: assignment.role,
    scope: assignment.scope,
    type: 'Microsoft.Authorization/roleAssignments',
    updatedBy: principalId(90),
    updatedOn: '2025-11-04T09:00:00.000000+00:00',
  };
}

function definitionRow(name: RoleName): Record<string, unknown> {
  const role = ROLES[name];
  return {
    assignableScopes: ['/'],
    createdBy: null,
    createdOn: '2015-02-02T21:55:09.880642+00:00',
    description: '',
    id: `${scopeOf('clinical')}/providers/Microsoft.Authorization/roleDefinitions/${role.id}`,
    name: role.id,
    permissions: [
      {
        actions: role.actions,
        condition: null,
        conditionVersion: null,
        dataActions: role.dataActions,
        notActions: role.notActions,
        notDataActions: [],
      },
    ],
    roleName: name,
    roleType: 'BuiltInRole',
    type: 'Microsoft.Authorization/roleDefinitions',
    updatedBy: null,
    updatedOn: '2025-05-06T12:00:00.000000+00:00',
  };
}
