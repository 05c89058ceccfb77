import {jsonFile, type GeneratedFile} from './files.ts';
import {AGENCY_TENANT, DIGITAL_TENANT, principalId, recordId, SUBSCRIPTIONS} from './ids.ts';

const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c';

/** What others may do (Lighthouse), and what nobody may (a deny assignment): plain answers of Azure Resource Manager. */
export function limitFiles(): GeneratedFile[] {
  return [
    jsonFile('inventory/azure/lighthouse-digital.json', {value: [delegation()]}),
    jsonFile('inventory/azure/deny-assignments-clinical.json', {value: [keepCohort()]}),
  ];
}

/** The web agency works in the digital subscription with accounts of its own tenant. */
function delegation(): unknown {
  const scope = `/subscriptions/${SUBSCRIPTIONS.digital.id}`;
  const definition = `${scope}/providers/Microsoft.ManagedServices/registrationDefinitions/${recordId(2)}`;
  return {
    id: `${scope}/providers/Microsoft.ManagedServices/registrationAssignments/${recordId(3)}`,
    name: recordId(3),
    type: 'Microsoft.ManagedServices/registrationAssignments',
    properties: {
      provisioningState: 'Succeeded',
      registrationDefinitionId: definition,
      registrationDefinition: {
        id: definition,
        name: recordId(2),
        type: 'Microsoft.ManagedServices/registrationDefinitions',
        properties: {
          registrationDefinitionName: 'Web agency',
          managedByTenantId: AGENCY_TENANT,
          manageeTenantId: DIGITAL_TENANT,
          authorizations: [
            {
              principalId: principalId(50),
              principalIdDisplayName: 'Agency operations',
              roleDefinitionId: CONTRIBUTOR,
            },
          ],
        },
      },
    },
  };
}

/** The deployment stack of the cohort bars deletion for everyone but the administrators' group. */
function keepCohort(): unknown {
  const scope = `/subscriptions/${SUBSCRIPTIONS.clinical.id}/resourceGroups/rg-research`;
  return {
    id: `${scope}/providers/Microsoft.Authorization/denyAssignments/${recordId(4)}`,
    name: recordId(4),
    type: 'Microsoft.Authorization/denyAssignments',
    properties: {
      denyAssignmentName: 'Keep cohort data',
      scope,
      doNotApplyToChildScopes: false,
      isSystemProtected: true,
      principals: [{id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined'}],
      excludePrincipals: [{id: principalId(20), type: 'Group'}],
      permissions: [
        {
          actions: ['*/delete'],
          notActions: [],
          dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'],
          notDataActions: [],
        },
      ],
    },
  };
}
