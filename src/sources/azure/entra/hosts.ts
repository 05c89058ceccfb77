import {texts, text} from '../../record.ts';

/** Fields that hold addresses at which an application answers. */
const LISTS: readonly (readonly string[])[] = [
  ['web', 'redirectUris'],
  ['spa', 'redirectUris'],
  ['publicClient', 'redirectUris'],
  ['identifierUris'],
  ['replyUrls'],
  ['servicePrincipalNames'],
];
const SINGLES: readonly (readonly string[])[] = [
  ['web', 'homePageUrl'],
  ['web', 'logoutUrl'],
  ['homepage'],
  ['loginUrl'],
  ['logoutUrl'],
];

/** Host names of an application's reply addresses, identifiers and home page: lower case, sorted, each once. */
export function hostsOf(row: unknown): string[] {
  const urls = [
    ...LISTS.flatMap((path) => texts(row, ...path)),
    ...SINGLES.flatMap((path) => text(row, ...path) ?? []),
  ];
  return [...new Set(urls.flatMap((url) => hostOf(url) ?? []))].toSorted();
}

/** Microsoft's own pages, which applications name when they have no page of their own. */
const PORTALS =
  /(?:^|\.)(?:windowsazure\.com|microsoftonline\.com|myapps\.microsoft\.com|(?:login|sts)\.windows\.net)$/;

/** Host of an address; null where none is named (`urn:…`, `api://<id>`) or it is the caller's own machine. */
export function hostOf(url: string): string | null {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:?#[\]]{1,253})/i.exec(url)?.[1]?.toLowerCase();
  if (host === undefined || !host.includes('.') || host.startsWith('127.') || PORTALS.test(host)) return null;
  return host;
}
