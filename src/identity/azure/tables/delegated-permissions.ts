import type {Capability} from '../../../model/exposure.ts';
import type {SaasService} from './gifts.ts';

const R = ['read'] as const;
const W = ['write'] as const;
const RW = ['read', 'write'] as const;
const RWD = ['destroy', 'read', 'write'] as const;
const FILES = ['sharepoint', 'onedrive'] as const;
const MAIL = ['exchange-online'] as const;

/**
 * Delegated permissions that open content of Microsoft 365, by value (Microsoft Graph permissions reference, and the scopes of
 * Exchange and SharePoint themselves). They reach what the user reaches.
 */
const ROWS: readonly (readonly [RegExp, readonly SaasService[], readonly Capability[]])[] = [
  [/^Mail\.ReadWrite(?:\.Shared)?$/, MAIL, RWD],
  [/^Mail\.Read(?:\.Shared)?$/, MAIL, R],
  [/^Mail\.Send(?:\.Shared)?$/, MAIL, W],
  [/^MailboxSettings\.ReadWrite$/, MAIL, W],
  [/^(?:Calendars|Contacts)\.ReadWrite(?:\.Shared)?$/, MAIL, RWD],
  [/^(?:Calendars|Contacts)\.Read(?:\.Shared)?$/, MAIL, R],
  [/^(?:EWS|IMAP|EAS)\.AccessAsUser\.All$|^full_access_as_user$/, MAIL, RWD],
  [/^POP\.AccessAsUser\.All$/, MAIL, RW],
  [/^SMTP\.Send$/, MAIL, W],
  [/^Files\.ReadWrite(?:\.All)?$/, FILES, RWD],
  [/^Files\.Read(?:\.All)?$/, FILES, R],
  [/^Sites\.(?:FullControl|Manage|ReadWrite)\.All$|^AllSites\.(?:FullControl|Manage|Write)$/, FILES, RWD],
  [/^Sites\.Read\.All$|^AllSites\.Read$|^MyFiles\.Read$/, FILES, R],
  [/^MyFiles\.Write$/, FILES, RWD],
  [/^Notes\.ReadWrite(?:\.All)?$/, FILES, RW],
  [/^Notes\.Read(?:\.All)?$/, FILES, R],
  [/^(?:Chat|ChannelMessage)\.ReadWrite(?:\.All)?$/, ['teams'], RW],
  [/^(?:Chat|ChannelMessage)\.Read(?:\.All)?$/, ['teams'], R],
  [/^(?:ChatMessage|ChannelMessage)\.Send$/, ['teams'], W],
];

/** What a delegated permission opens; empty = nothing of a service. */
export function delegatedAccess(value: string): [SaasService, readonly Capability[]][] {
  return ROWS.flatMap(([pattern, services, caps]) =>
    pattern.test(value)
      ? services.map((service): [SaasService, readonly Capability[]] => [service, caps])
      : [],
  );
}
