import type {Place} from './common.ts';

/** A Workspace or Cloud Identity customer: who rules its accounts, which no Google Cloud export says. */
export interface GoogleWorkspace {
  /** Directory customer id, `C0…`. */
  customer: string;
  /** Mail domains of its accounts, lower case. */
  domains: string[];
  /** Addresses of super administrators. */
  superAdmins: string[];
  domainWideDelegation: WorkspaceDelegation[];
  /** Identity providers whose assertions sign its users in. */
  ssoProfiles: {issuer: string; keySha256: string | null}[];
  place: Place;
}

/** A service account that may act as any user of the customer, for these OAuth scopes. */
export interface WorkspaceDelegation {
  /** Address of a service account, or the client id (its unique number). */
  client: string;
  scopes: string[];
}
