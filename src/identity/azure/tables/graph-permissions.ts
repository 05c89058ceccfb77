import {type Gift, access, perhaps, sure} from './gifts.ts';

const R = ['read'] as const;
const W = ['write'] as const;
const RW = ['read', 'write'] as const;
const RWD = ['destroy', 'read', 'write'] as const;

const FEDERATION = 'can make a domain federated, and then sign in its users, administrators too';
const CONSENT = 'can consent to further permissions for itself';
const METHODS = 'adds sign-in methods to users, administrators too';
const PRIVILEGED_GROUPS = 'role-assignable groups may hold directory roles';

/**
 * Application permissions of Microsoft Graph that take something over, by value. Application permissions need no user; each
 * is good for the whole tenant. Mail permissions: see {@link MAIL}.
 */
const PERMISSIONS: Readonly<Record<string, readonly Gift[]>> = {
  'RoleManagement.ReadWrite.Directory': sure('tenant'),
  'AppRoleAssignment.ReadWrite.All': sure('tenant'),
  'RoleAssignmentSchedule.ReadWrite.Directory': sure('tenant'),
  'RoleEligibilitySchedule.ReadWrite.Directory': perhaps('the eligibility must then be activated', 'tenant'),
  'RoleManagementPolicy.ReadWrite.Directory': perhaps(
    'loosens the activation of roles somebody is eligible for',
    'tenant',
  ),
  'PrivilegedAccess.ReadWrite.AzureAD': perhaps(
    'assigns directory roles over the former interface',
    'tenant',
  ),
  'PrivilegedAccess.ReadWrite.AzureResources': perhaps(
    'assigns Azure roles over the former interface',
    'tenant',
  ),
  'PrivilegedAccess.ReadWrite.AzureADGroup': perhaps(PRIVILEGED_GROUPS, 'allGroups'),
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup': perhaps(PRIVILEGED_GROUPS, 'allGroups'),
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup': perhaps(PRIVILEGED_GROUPS, 'allGroups'),
  'RoleManagement.ReadWrite.Exchange': sure('exchange-online'),
  'PrivilegedAssignmentSchedule.ReadWrite.EntraAppRole': perhaps('assigns application permissions', 'tenant'),
  'PrivilegedEligibilitySchedule.ReadWrite.EntraAppRole': perhaps(
    'assigns application permissions',
    'tenant',
  ),
  'Application.ReadWrite.All': sure('applications'),
  'Application.ReadUpdate.All': sure('applications'),
  'Directory.ReadWrite.All': sure('groups'),
  'Group.ReadWrite.All': [
    ...sure('groups'),
    ...access(RWD, 'sharepoint').map((gift) => ({
      ...gift,
      certainty: 'conditional' as const,
      why: 'files of groups only',
    })),
  ],
  'GroupMember.ReadWrite.All': sure('groups'),
  'EntitlementManagement.ReadWrite.All': perhaps(
    'access packages may hold groups, applications and roles',
    'groups',
    'applications',
  ),
  'AdministrativeUnit.ReadWrite.All': perhaps('moves users out of restricted units', 'users'),
  'User.ReadWrite.All': perhaps('changes users; passwords only with a directory role besides', 'users'),
  'User-PasswordProfile.ReadWrite.All': perhaps(
    'resets passwords of users without administrative roles',
    'users',
  ),
  'User.ManageIdentities.All': perhaps('binds users to an outside identity', 'allUsers'),
  'UserAuthenticationMethod.ReadWrite.All': perhaps(METHODS, 'allUsers'),
  'UserAuthMethod-TAP.ReadWrite.All': perhaps(METHODS, 'allUsers'),
  'UserAuthMethod-Passkey.ReadWrite.All': perhaps(METHODS, 'allUsers'),
  'UserAuthMethod-Password.ReadWrite.All': perhaps(METHODS, 'allUsers'),
  'UserAuthMethod-Phone.ReadWrite.All': perhaps(METHODS, 'allUsers'),
  'UserAuthMethod-External.ReadWrite.All': perhaps(METHODS, 'allUsers'),
  'LifecycleWorkflows.ReadWrite.All': perhaps(
    'workflows may issue temporary access passes and change groups',
    'users',
    'groups',
  ),
  'LifecycleWorkflows-Workflow.ReadWrite.All': perhaps(
    'workflows may issue temporary access passes and change groups',
    'users',
    'groups',
  ),
  'Synchronization.ReadWrite.All': perhaps('redirects synchronisation into the directory', 'users'),
  'OnPremDirectorySynchronization.ReadWrite.All': perhaps(
    'loosens the match settings of synchronisation',
    'users',
  ),
  'SynchronizationData-User.Upload': perhaps('writes users over the provisioning interface', 'users'),
  'Domain.ReadWrite.All': perhaps(FEDERATION, 'tenant'),
  'Domain-InternalFederation.ReadWrite.All': perhaps(FEDERATION, 'tenant'),
  'IdentityProvider.ReadWrite.All': perhaps('adds providers for guests and customers', 'users'),
  'Organization.ReadWrite.All': perhaps('can set the authorities of certificate sign-in', 'tenant'),
  'PublicKeyInfrastructure.ReadWrite.All': perhaps(
    'can set the authorities of certificate sign-in',
    'tenant',
  ),
  'DelegatedPermissionGrant.ReadWrite.All': perhaps(
    'consents for all users: acts as whoever signs in, administrators too',
    'tenant',
  ),
  'Policy.ReadWrite.PermissionGrant': perhaps(CONSENT, 'tenant'),
  'Policy.ReadWrite.ConsentRequest': perhaps('decides who may consent', 'applications'),
  'Policy.ReadWrite.ApplicationConfiguration': perhaps(
    'issues certificates and lifetimes of application tokens',
    'applications',
  ),
  'Policy.ReadWrite.Authorization': perhaps('decides what every user may do by default', 'users'),
  'Policy.ReadWrite.AuthenticationMethod': perhaps('allows weaker sign-in methods', 'users'),
  'Policy.ReadWrite.FedTokenValidation': perhaps('loosens the check of federated tokens', 'tenant'),
  'Policy.ReadWrite.CrossTenantAccess': perhaps('lets another tenant in', 'users'),
  'Policy.ReadWrite.ConditionalAccess': [],
  'DelegatedAdminRelationship.ReadWrite.All': perhaps('accepts or widens delegated administration', 'tenant'),
  'DeviceManagementConfiguration.ReadWrite.All': [
    ...sure('intune'),
    ...perhaps('devices that Intune manages', 'devices'),
  ],
  'DeviceManagementScripts.ReadWrite.All': [
    ...sure('intune'),
    ...perhaps('devices that Intune manages', 'devices'),
  ],
  'DeviceManagementApps.ReadWrite.All': [
    ...sure('intune'),
    ...perhaps('devices that Intune manages', 'devices'),
  ],
  'DeviceManagementManagedDevices.PrivilegedOperations.All': [
    ...access(['destroy'], 'intune'),
    ...perhaps('wipes devices that Intune manages', 'devices'),
  ],
  'DeviceManagementManagedDevices.ReadWrite.All': access(RW, 'intune'),
  'DeviceManagementRBAC.ReadWrite.All': [
    ...sure('intune'),
    ...perhaps('devices that Intune manages', 'devices'),
  ],
  'DeviceManagementServiceConfig.ReadWrite.All': access(RW, 'intune'),
  'DeviceLocalCredential.Read.All': perhaps('reads local administrator passwords', 'devices'),
  'BitlockerKey.Read.All': perhaps('reads disk recovery keys', 'devices'),
  'CloudPC.ReadWrite.All': perhaps('cloud PCs only', 'devices'),
  'Sites.FullControl.All': access(RWD, 'sharepoint', 'onedrive'),
  'Sites.Manage.All': access(RWD, 'sharepoint', 'onedrive'),
  'Sites.ReadWrite.All': access(RWD, 'sharepoint', 'onedrive'),
  'Sites.Read.All': access(R, 'sharepoint', 'onedrive'),
  'Files.ReadWrite.All': access(RWD, 'sharepoint', 'onedrive', 'teams'),
  'Files.Read.All': access(R, 'sharepoint', 'onedrive', 'teams'),
  'Sites.Selected': access(RWD, 'sharepoint').map((gift) => ({
    ...gift,
    certainty: 'conditional' as const,
    why: 'only sites it was given',
  })),
  'Notes.ReadWrite.All': access(RW, 'sharepoint', 'onedrive'),
  'Notes.Read.All': access(R, 'sharepoint', 'onedrive'),
  'Chat.ReadWrite.All': access(RW, 'teams'),
  'Chat.Read.All': access(R, 'teams'),
  'ChatMessage.Read.All': access(R, 'teams'),
  'ChannelMessage.Read.All': access(R, 'teams'),
  'Teamwork.Migrate.All': access(W, 'teams'),
};

/**
 * Permissions on mailboxes. An application access policy of Exchange may narrow them to some mailboxes, so they hang on that
 * question, asked once per tenant.
 */
const MAIL: Readonly<Record<string, readonly Gift[]>> = {
  'Mail.ReadWrite': access(RWD, 'exchange-online'),
  'Mail.Read': access(R, 'exchange-online'),
  'Mail.Send': access(W, 'exchange-online'),
  'Mail-Advanced.ReadWrite.All': access(RWD, 'exchange-online'),
  'MailboxSettings.ReadWrite': access(W, 'exchange-online'),
  'MailboxItem.Read.All': access(R, 'exchange-online'),
  'MailboxItem.ReadWrite.All': access(RWD, 'exchange-online'),
  'MailboxItem.Export.All': access(R, 'exchange-online'),
  'MailboxItem.ImportExport.All': access(RW, 'exchange-online'),
  'Calendars.ReadWrite': access(RWD, 'exchange-online'),
  'Calendars.Read': access(R, 'exchange-online'),
  'Contacts.ReadWrite': access(RWD, 'exchange-online'),
  'Contacts.Read': access(R, 'exchange-online'),
  // Interfaces of Exchange itself.
  full_access_as_app: access(RWD, 'exchange-online'),
  'IMAP.AccessAsApp': access(RWD, 'exchange-online'),
  'POP.AccessAsApp': access(RW, 'exchange-online'),
  'SMTP.SendAsApp': access(W, 'exchange-online'),
};

/** Permissions on the services' own interfaces that are not also Graph values. */
const SERVICE: Readonly<Record<string, readonly Gift[]>> = {
  'Exchange.ManageAsApp': perhaps('needs an Exchange role besides', 'exchange-online'),
  'Exchange.ManageAsAppV2': perhaps('needs an Exchange role besides', 'exchange-online'),
  'User.ReadWrite.All': access(W, 'sharepoint'),
  'TermStore.ReadWrite.All': access(W, 'sharepoint'),
};

/** Areas in which a permission nobody lists would matter. */
const GRAVE =
  /^(?:RoleManagement|Role[A-Za-z]*Schedule|Privileged|AppRoleAssignment|Application|Directory|Domain|User(?:-|\.|Auth)|Group|Policy)[^ ]*\.(?:ReadWrite|Manage|FullControl)/i;

/** What an application permission gives; `mail` = it may be narrowed to some mailboxes; null = a grave one that is not known. */
export function permissionGifts(
  value: string,
  service: string | null,
): {gifts: readonly Gift[]; mail: boolean} | null {
  if (service !== null && Object.hasOwn(SERVICE, value)) return {gifts: SERVICE[value]!, mail: false};
  if (Object.hasOwn(MAIL, value)) return {gifts: MAIL[value]!, mail: true};
  if (Object.hasOwn(PERMISSIONS, value)) return {gifts: PERMISSIONS[value]!, mail: false};
  if (HARMLESS.has(value)) return {gifts: [], mail: false};
  // An id instead of a value, or a grave value that came after this table.
  if (service === null && (GRAVE.test(value) || /^[0-9a-f-]{36}$/.test(value))) return null;
  return {gifts: [], mail: false};
}

/** Permissions of those areas that take nothing over by themselves. */
const HARMLESS: ReadonlySet<string> = new Set([
  'Application.ReadWrite.OwnedBy',
  'Application-RemoteDesktopConfig.ReadWrite.All',
  'GroupSettings.ReadWrite.All',
  'Group-Conversation.ReadWrite.All',
  'Group-NestingSupport.ReadWrite.All',
  'Group-OnPremisesSyncBehavior.ReadWrite.All',
  'DirectoryRecommendations.ReadWrite.All',
  'Policy.ReadWrite.AccessReview',
  'Policy.ReadWrite.AuthenticationFlows',
  'Policy.ReadWrite.B2BManagementPolicy',
  'Policy.ReadWrite.CrossTenantCapability',
  'Policy.ReadWrite.DeviceConfiguration',
  'Policy.ReadWrite.ExternalIdentities',
  'Policy.ReadWrite.FeatureRollout',
  'Policy.ReadWrite.IdentityProtection',
  'Policy.ReadWrite.MobilityManagement',
  'Policy.ReadWrite.Recovery',
  'Policy.ReadWrite.SecurityDefaults',
  'Policy.ReadWrite.TrustFramework',
  'RoleManagement.ReadWrite.CloudPC',
  'RoleManagement.ReadWrite.Defender',
  'RoleManagementAlert.ReadWrite.Directory',
  'RoleManagementPolicy.ReadWrite.AzureADGroup',
  'RoleManagementPolicy.ReadWrite.EntraAppRole',
  'PrivilegedAccess-CustomExt.ReadWrite.All',
  'User-ConvertToInternal.ReadWrite.All',
  'User-LifeCycleInfo.ReadWrite.All',
  'User-Mail.ReadWrite.All',
  'User-OnPremisesSyncBehavior.ReadWrite.All',
  'User-Phone.ReadWrite.All',
  'User.ReadWrite.CrossCloud',
  'UserAuthMethod-Email.ReadWrite.All',
  'UserAuthMethod-HardwareOATH.ReadWrite.All',
  'UserAuthMethod-MicrosoftAuthApp.ReadWrite.All',
  'UserAuthMethod-PlatformCred.ReadWrite.All',
  'UserAuthMethod-QR.ReadWrite.All',
  'UserAuthMethod-ResourceKey.ReadWrite.All',
  'UserAuthMethod-SoftwareOATH.ReadWrite.All',
  'UserAuthMethod-WindowsHello.ReadWrite.All',
  'UserNotification.ReadWrite.CreatedByApp',
  'UserShiftPreferences.ReadWrite.All',
]);
