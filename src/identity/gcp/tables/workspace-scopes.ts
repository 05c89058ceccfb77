import type {Capability} from '../../../model/exposure.ts';

/** OAuth scopes without their address. */
export function bareScope(scope: string): string {
  return scope.replace(/^https:\/\/(?:www\.googleapis\.com\/auth\/)?/, '').replace(/\/$/, '');
}

/** Scopes by which a delegated client, acting as a super administrator, makes itself one. */
export const CONTROL_SCOPES: ReadonlySet<string> = new Set([
  'admin.directory.user',
  'admin.directory.user.security',
  'admin.directory.rolemanagement',
  'admin.directory.group',
  'admin.directory.group.member',
  'cloud-identity.groups',
]);

/** Scopes that open the content of a product. */
export const DATA_SCOPES: readonly {pattern: RegExp; product: string; caps: readonly Capability[]}[] = [
  {pattern: /^mail\.google\.com$/, product: 'gmail', caps: ['read', 'write', 'destroy']},
  {pattern: /^gmail\.modify$/, product: 'gmail', caps: ['read', 'write']},
  {pattern: /^gmail\.readonly$/, product: 'gmail', caps: ['read']},
  {pattern: /^gmail\.(?:send|compose|insert|settings\..+)$/, product: 'gmail', caps: ['write']},
  {
    pattern: /^(?:drive|documents|spreadsheets|presentations)$/,
    product: 'drive',
    caps: ['read', 'write', 'destroy'],
  },
  {pattern: /^(?:drive|documents|spreadsheets|presentations)\.readonly$/, product: 'drive', caps: ['read']},
  {pattern: /^calendar(?:\.events)?$/, product: 'calendar', caps: ['read', 'write', 'destroy']},
  {pattern: /^calendar(?:\.events)?\.readonly$/, product: 'calendar', caps: ['read']},
];
