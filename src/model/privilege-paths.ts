/** Facts about a provider that the identity stage reads: ways from one right to more rights, and well-known accounts. */

/** What a privilege path is about. `self` and `own-group` are the holder's; a free word is a kind of existing thing. */
export type PathSubject =
  | 'self'
  | 'own-group'
  | 'user'
  | 'group'
  | 'role'
  | 'policy'
  | 'assumable-role'
  | 'passed-role'
  | (string & {});

/** An action that is needed, and on what. */
export interface PathNeed {
  action: string;
  /**
   * `subject` · `policy-of-subject` a customer managed policy attached to it · `version-of-subject` such a policy with a
   * version that is not in force · `any` any resource of the account · `some-role` at least one role.
   */
  on: 'subject' | 'policy-of-subject' | 'version-of-subject' | 'any' | 'some-role';
}

export interface PrivilegePath {
  /** Id in the catalogue, or `own-…`. */
  id: string;
  edge: string;
  subject: PathSubject;
  /** Only holders of this kind; null = both. */
  holder: 'user' | 'role' | null;
  needs: PathNeed[];
  /** `passed-role`: services that take the role. */
  services: string[];
  /** `passed-role`: the role must be in an instance profile. */
  profile: boolean;
  /** Kind of existing thing that is needed besides the subject; null = none. */
  requires: string | null;
  /** State a user must be in. */
  when: {password?: 'absent' | 'present'; accessKeys?: 'free' | 'full'};
  /** The subject, or every right that the subject's limits leave in its account. */
  obtains: 'subject' | 'account';
}

/** A kind of existing thing that acts with a role. */
export interface PathTarget {
  /** Native types of workloads that are such a thing. */
  nativeTypes: string[];
  /** ARN pattern; `{account}` stands for the account number. */
  arn: string;
  /** API calls that list them, as the ledger names them. */
  apis: string[];
  /** Service principal its role trusts; null = it has no role. */
  service: string | null;
  /** How it is called in a sentence, with article. */
  words: string;
}

/** A right that makes somebody else an administrator, or gives him the rights of a group. */
export interface PrivilegeGrant {
  id: string;
  subject: 'user' | 'role' | 'group' | 'policy';
  needs: PathNeed[];
  obtains: 'subject' | 'account';
}

export interface PrivilegePaths {
  catalogue: {name: string; read: string};
  targets: Map<string, PathTarget>;
  paths: PrivilegePath[];
  /** Rights that help only together with another identity. */
  grants: PrivilegeGrant[];
}

/** Whose account a number is, by a list nobody has confirmed. */
export interface VendorAccounts {
  list: string;
  /** YYYY-MM-DD. */
  read: string;
  nameOf: ReadonlyMap<string, string>;
}
