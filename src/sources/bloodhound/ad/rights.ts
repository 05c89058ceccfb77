import type {Certainty} from '../../../model/common.ts';

/** Sorts of objects a right may stand on. */
export type AdTarget = 'user' | 'group' | 'computer' | 'domain' | 'unit' | 'policy';

/** What a right on an object gives. */
export interface AdRight {
  certainty: Certainty;
  /** Why it is not certain. */
  but?: string;
}

const CERTAIN: AdRight = {certainty: 'certain'};

function unless(but: string): AdRight {
  return {certainty: 'conditional', but};
}

const ALL: readonly AdTarget[] = ['user', 'group', 'computer', 'domain', 'unit', 'policy'];
const KERBEROS_CERTIFICATE = unless(
  'needs a domain controller that accepts certificates or keys for sign-in',
);
const LIMITED = unless('owner rights may be limited');
const DELEGATION = unless('needs an account with a service name to delegate from');
const GUESSED = unless('the password must be guessed from a ticket');

function on(targets: readonly AdTarget[], right: AdRight): Partial<Record<AdTarget, AdRight>> {
  return Object.fromEntries(targets.map((target) => [target, right]));
}

/**
 * Rights of directory entries by the names SharpHound gives them, and over what they amount to control. A target that is not
 * named gets nothing from the right. Rights over the domain object reach the whole domain.
 */
export const AD_RIGHTS: ReadonlyMap<string, Partial<Record<AdTarget, AdRight>>> = new Map([
  ['GenericAll', on(ALL, CERTAIN)],
  ['Owns', on(ALL, CERTAIN)],
  ['OwnsRaw', on(ALL, LIMITED)],
  ['OwnsLimitedRights', on(ALL, LIMITED)],
  ['WriteDacl', on(ALL, CERTAIN)],
  ['WriteOwner', on(ALL, CERTAIN)],
  ['WriteOwnerRaw', on(ALL, LIMITED)],
  ['WriteOwnerLimitedRights', on(ALL, LIMITED)],
  // Setting a password; on a computer it shows the local administrator's, on the domain it copies all keys.
  ['AllExtendedRights', {user: CERTAIN, domain: CERTAIN, computer: unless('shows the local password only where LAPS keeps one')}],
  ['GenericWrite', {user: KERBEROS_CERTIFICATE, group: CERTAIN, computer: KERBEROS_CERTIFICATE, policy: CERTAIN, unit: unless('a policy can be linked'), domain: unless('a policy can be linked')}],
  ['WriteGPLink', {unit: unless('needs a policy to link'), domain: unless('needs a policy to link')}],
  ['ForceChangePassword', {user: CERTAIN, computer: CERTAIN}],
  ['AddMember', {group: CERTAIN}],
  ['AddSelf', {group: CERTAIN}],
  ['AddKeyCredentialLink', {user: KERBEROS_CERTIFICATE, computer: KERBEROS_CERTIFICATE}],
  ['WriteAltSecurityIdentities', {user: KERBEROS_CERTIFICATE, computer: KERBEROS_CERTIFICATE}],
  ['WriteSPN', {user: GUESSED}],
  ['WriteAccountRestrictions', {computer: DELEGATION}],
  ['AddAllowedToAct', {computer: DELEGATION}],
  ['AllowedToAct', {computer: DELEGATION}],
  ['ReadLAPSPassword', {computer: CERTAIN}],
  ['SyncLAPSPassword', {computer: unless('needs both rights to copy directory changes')}],
  ['ReadGMSAPassword', {user: CERTAIN}],
  ['DCSync', {domain: CERTAIN}],
  // Copying all keys takes both rights; the other one may come over another group.
  ['GetChangesAll', {domain: unless('needs GetChanges as well, which may come over another group')}],
  ['ManageCA', {}],
  ['ManageCertificates', {}],
  ['Enroll', {}],
  ['GetChanges', {}],
  ['GetChangesInFilteredSet', {}],
  ['DelegatedEnrollmentAgent', {}],
  ['WritePKIEnrollmentFlag', {}],
  ['WritePKINameFlag', {}],
]); // prettier-ignore

/**
 * Groups whose members rule the domain by default, by relative identifier. Those marked conditional reach it over what they
 * may do on domain controllers.
 */
export const TIER_ZERO_GROUPS: ReadonlyMap<number, AdRight & {name: string}> = new Map([
  [
    498,
    {name: 'Enterprise Read-only Domain Controllers', ...unless('holds the keys its own controllers keep')},
  ],
  [512, {name: 'Domain Admins', ...CERTAIN}],
  [516, {name: 'Domain Controllers', ...CERTAIN}],
  [518, {name: 'Schema Admins', ...CERTAIN}],
  [519, {name: 'Enterprise Admins', ...CERTAIN}],
  [526, {name: 'Key Admins', ...KERBEROS_CERTIFICATE}],
  [527, {name: 'Enterprise Key Admins', ...KERBEROS_CERTIFICATE}],
]);

/** The same for groups every domain has under well-known SIDs. */
export const TIER_ZERO_BUILTINS: ReadonlyMap<number, AdRight & {name: string}> = new Map([
  [544, {name: 'Administrators', ...CERTAIN}],
  [548, {name: 'Account Operators', ...unless('may change all accounts but protected ones')}],
  [549, {name: 'Server Operators', ...unless('may change services of domain controllers')}],
  [550, {name: 'Print Operators', ...unless('may load drivers on domain controllers')}],
  [551, {name: 'Backup Operators', ...unless('may copy the directory of domain controllers')}],
]);
