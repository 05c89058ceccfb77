import type {Container} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, text} from '../record.ts';
import {containerOf} from './arm-id.ts';
import type {ArmId} from './arm-id.ts';
import {entraContext} from './entra/context.ts';
import {mapFederatedCredential} from './entra/map-federated-credential.ts';
import {mapAuthSettings} from './map-app-settings.ts';
import type {SignIns} from './map-app-settings.ts';
import {mapRoleAssignment, mapRoleDefinition, roleId} from './map-authorization.ts';
import {
  impliedContainers,
  mapManagementGroup,
  mapResourceGroup,
  mapSubscription,
  tenantRoot,
} from './map-container.ts';
import {addSqlAdministrator} from './map-data-plane.ts';
import {mapDenyAssignment} from './map-deny.ts';
import {mapManagedIdentity, mention, principalId} from './map-identity.ts';
import type {Delegations} from './map-lighthouse.ts';
import type {ResourceNotes} from './resolve-references.ts';

/** What rows of one file tell about each other. */
export interface Seen {
  notes: ResourceNotes;
  /** Subscriptions and groups already mentioned, with their tenant. */
  homes: Set<string>;
  assignable: ReadonlyMap<string, string>;
  delegations: Delegations;
  signIns: SignIns;
}

export const MANAGED_IDENTITY = 'microsoft.managedidentity/userassignedidentities';
export const SUBSCRIPTION = 'microsoft.resources/subscriptions';
export const RESOURCE_GROUP = 'microsoft.resources/subscriptions/resourcegroups';
const ROLE_DEFINITION = 'microsoft.authorization/roledefinitions';

/** What is known of a row before it is read. */
interface Known {
  arm: ArmId;
  root: Container['root'];
  tenant: string | null;
  seen: Seen;
}

interface Special {
  word: string;
  map(draft: Draft, row: unknown, at: string, known: Known): string | null;
}

/** Record kinds that are no resources: how each is read, and its ledger word. */
export const SPECIAL: ReadonlyMap<string, Special> = new Map<string, Special>([
  [
    SUBSCRIPTION,
    {word: 'subscription', map: quiet((d, row, at, {arm, root}) => mapSubscription(d, row, arm, root, at))},
  ],
  [
    RESOURCE_GROUP,
    {
      word: 'resource group',
      map: quiet((d, row, at, {arm, root}) => mapResourceGroup(d, row, arm, root, at)),
    },
  ],
  [
    'microsoft.management/managementgroups',
    {
      word: 'management group',
      map: quiet((d, row, at, {arm, tenant}) =>
        mapManagementGroup(
          d,
          row,
          arm,
          tenantRoot(d, tenant ?? text(field(row, 'properties'), 'tenantId'), at),
          at,
        ),
      ),
    },
  ],
  [
    'microsoft.authorization/roleassignments',
    {
      word: 'role assignment',
      map: (d, row, at, {arm, tenant}) =>
        mapRoleAssignment(d, row, at, {id: `azure:${arm.id}`, tenant, effect: 'allow'}),
    },
  ],
  [
    'microsoft.authorization/roleeligibilityscheduleinstances',
    {
      word: 'eligible role assignment',
      map: (d, row, at, {arm, tenant}) =>
        mapRoleAssignment(d, row, at, {id: `azure:${arm.id}`, tenant, effect: 'eligible'}),
    },
  ],
  ...(
    [
      ['roleeligibilityschedules', 'eligible role assignment', 'eligible'],
      ['roleassignmentscheduleinstances', 'scheduled role assignment', 'allow'],
      ['roleassignmentschedules', 'scheduled role assignment', 'allow'],
    ] as const
  ).map(([type, word, effect]): [string, Special] => [
    `microsoft.authorization/${type}`,
    {
      word,
      map: (d, row, at, {arm, tenant}) =>
        mapRoleAssignment(d, row, at, {id: `azure:${arm.id}`, tenant, effect}),
    },
  ]),
  [
    'microsoft.managedservices/registrationdefinitions',
    {
      word: 'delegation definition',
      map: quiet((_d, row, at, {arm, seen}) => void seen.delegations.definitions.set(arm.id, {row, at})),
    },
  ],
  [
    'microsoft.managedservices/registrationassignments',
    {
      word: 'delegation',
      map: quiet(
        (_d, row, at, {arm, seen}) =>
          void seen.delegations.assignments.push({row, at, id: `azure:${arm.id}`}),
      ),
    },
  ],
  [
    `${MANAGED_IDENTITY}/federatedidentitycredentials`,
    {
      word: 'federated credential',
      map: (d, row, at, {arm, tenant, seen}) => {
        const identity = arm.id.replace(/\/federatedidentitycredentials\/[^/]*$/, '');
        const principal = seen.assignable.get(identity);
        const holder = principal === undefined ? `azure:${identity}` : principalId(principal);
        mention(d, holder, identity.slice(identity.lastIndexOf('/') + 1), containerOf(arm), tenant, at);
        const fate = mapFederatedCredential(entraContext(d, {tenant}), row, at, holder);
        return fate !== 'kept' && 'reject' in fate ? fate.reject : null;
      },
    },
  ],
  ...['microsoft.web/sites/config', 'microsoft.web/sites/slots/config'].map((type): [string, Special] => [
    type,
    {
      word: 'app setting',
      map: quiet((d, row, at, {arm, seen}) => mapAuthSettings(d, row, at, arm, seen.signIns)),
    },
  ]),
  ...[
    'microsoft.sql/servers/administrators',
    'microsoft.sql/managedinstances/administrators',
    'microsoft.dbforpostgresql/flexibleservers/administrators',
    'microsoft.dbformysql/flexibleservers/administrators',
  ].map((type): [string, Special] => [
    type,
    {
      word: 'database administrator',
      map: (d, row, at, {arm, tenant, seen}) => {
        const server = arm.id.replace(/\/administrators\/[^/]*$/, '');
        // A server of Azure SQL is no workload; its databases are, and they are known once all rows are read.
        if (type.startsWith('microsoft.sql/servers')) seen.notes.set(arm.id, {type, row, at});
        else if (!addSqlAdministrator(d, field(row, 'properties') ?? row, `azure:${server}`, {at, tenant}))
          return 'database administrator without object id';
        return null;
      },
    },
  ]),
  [
    'microsoft.authorization/denyassignments',
    {
      word: 'deny assignment',
      map: (d, row, at, {arm, tenant}) => mapDenyAssignment(d, row, at, {id: `azure:${arm.id}`, tenant}),
    },
  ],
  [
    ROLE_DEFINITION,
    {
      word: 'role definition',
      map: quiet((d, row, at, {arm}) => mapRoleDefinition(d, row, at, roleId(arm.id))),
    },
  ],
  [
    MANAGED_IDENTITY,
    {
      word: 'managed identity',
      map: quiet((d, row, at, {arm, root, tenant}) => {
        impliedContainers(d, arm, root, at);
        mapManagedIdentity(d, row, at, {name: arm.name, container: containerOf(arm), tenant});
      }),
    },
  ],
]);

function quiet(map: (draft: Draft, row: unknown, at: string, known: Known) => void) {
  return (draft: Draft, row: unknown, at: string, known: Known): string | null => {
    map(draft, row, at, known);
    return null;
  };
}
