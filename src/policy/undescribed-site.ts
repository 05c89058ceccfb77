import type {Site} from '../model/site.ts';

/** A site of which only the name is known; every other field is missing or neutral. */
export function undescribedSite(name: string): Site {
  return {
    id: name,
    name,
    kind: 'public',
    class: 'public',
    receives: true,
    provider: '',
    providerGroup: '',
    region: null,
    country: null,
    jurisdictions: [],
    tenancy: null,
    identityRoots: [],
    logRetentionDays: null,
    externalKeys: null,
    certifications: [],
    services: [],
    capacity: null,
    cost: null,
    matches: [],
    place: {},
  };
}
