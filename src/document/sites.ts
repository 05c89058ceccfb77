import type {Finding, Outcome, Place} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {siteDocument, type SiteDocument} from '../model/documents/site.ts';
import type {Certification, Site} from '../model/site.ts';
import {checkDocument} from './check.ts';
import {nearest} from './nearest.ts';
import {toCriteria, toSeal} from './site-criteria.ts';

/** What `class` and `receives` are when the author does not say. */
const DEFAULTS: Record<Site['kind'], {class: Site['class']; receives: boolean}> = {
  public: {class: 'public', receives: true},
  dedicated: {class: 'dedicated', receives: true},
  onprem: {class: 'dedicated', receives: false},
  saas: {class: 'public', receives: false},
};

/**
 * Sites of a set of YAML documents, in the order written; documents of other kinds are passed over. A document that
 * does not check, or whose name is taken, is left out with all its problems; the others are kept. `placeOf` tells where a
 * field of a site is written, by its path below `spec`.
 */
export function parseSites(
  documents: YamlDocument[],
): Outcome<Site[]> & {placeOf: (site: Site, path: (string | number)[]) => Place} {
  const value: Site[] = [];
  const written = new Map<string, YamlDocument>();
  const findings: Finding[] = [];
  for (const document of documents) {
    if (kindOf(document) !== 'Site') {
      findings.push(...misspelt(document));
      continue;
    }
    const checked = checkDocument(siteDocument, document);
    findings.push(...checked.findings);
    if (checked.value === null) continue;
    const site = toSite(checked.value, document);
    if (site === null) findings.push(nameless(document));
    else if (value.some((known) => known.id === site.id)) findings.push(duplicate(site, value));
    else {
      value.push(site);
      written.set(site.id, document);
    }
  }
  return {
    value,
    findings: [...findings, ...allClosed(value)],
    placeOf: (site, path) => written.get(site.id)?.place(['spec', ...path]) ?? site.place,
  };
}

function kindOf(document: YamlDocument): unknown {
  return (document.value as {kind?: unknown} | null)?.kind;
}

/** Other documents may share the file; one that means to be a site must not be passed over. */
function misspelt(document: YamlDocument): Finding[] {
  const kind = kindOf(document);
  if (kind !== undefined && (typeof kind !== 'string' || nearest(kind, ['Site']) === null)) return [];
  return [
    {
      code: 'BH-SITE-004',
      severity: 'high',
      message:
        kind === undefined
          ? 'the document has no `kind`'
          : `unknown kind \`${kind}\` (did you mean \`Site\`?)`,
      where: document.place(['kind']),
      remedy: 'Write `kind: Site`.',
    },
  ];
}

function allClosed(sites: Site[]): Finding[] {
  const [first] = sites;
  if (!first || sites.some((site) => site.receives)) return [];
  return [
    {
      code: 'BH-SITE-005',
      severity: 'high',
      message: `none of the ${sites.length} sites receives workloads: nothing can be recommended`,
      where: first.place,
      remedy: 'Add a site that workloads may go to, or set `receives: true` at one.',
    },
  ];
}

function toSite(document: SiteDocument, source: YamlDocument): Site | null {
  const id = (document.metadata as {name?: string} | undefined)?.name;
  if (id === undefined) return null;
  const {spec} = document;
  const {cost, capacity, availability} = spec;
  return {
    id,
    name: spec.title ?? id,
    kind: spec.kind,
    class: spec.class ?? DEFAULTS[spec.kind].class,
    receives: spec.receives ?? DEFAULTS[spec.kind].receives,
    provider: spec.provider,
    providerGroup: spec.providerGroup ?? spec.provider,
    region: spec.region ?? null,
    country: spec.country ?? null,
    jurisdictions: spec.jurisdictions ?? [],
    tenancy: spec.tenancy ?? null,
    identityRoots: (spec.identityRoots ?? []).map(({root, sharedWithOtherTenants}) => ({
      root,
      sharedWithOtherTenants: sharedWithOtherTenants ?? null,
    })),
    logRetentionDays: spec.logRetentionDays ?? null,
    externalKeys: spec.externalKeys ?? null,
    certifications: (spec.certifications ?? []).map(toCertification),
    ...(spec.criteria ? {criteria: toCriteria(spec.criteria)} : {}),
    ...(spec.seal ? {seal: toSeal(spec.seal)} : {}),
    services: spec.services ?? [],
    capacity: capacity
      ? {
          vcpu: capacity.vcpu ?? null,
          memoryGiB: capacity.memoryGiB ?? null,
          storageGiB: capacity.storageGiB ?? null,
        }
      : null,
    cost: cost
      ? {
          currency: cost.currency,
          asOf: cost.asOf,
          illustrative: cost.illustrative ?? false,
          vcpuMonth: cost.vcpuMonth ?? null,
          memoryGiBMonth: cost.memoryGiBMonth ?? null,
          storageGiBMonth: cost.storageGiBMonth ?? null,
          egressPerGiB: cost.egressPerGiB ?? null,
          ...(cost.egressTo ? {egressTo: cost.egressTo} : {}),
          migrationEgressPerGiB: cost.migrationEgressPerGiB ?? null,
        }
      : null,
    ...(spec.latencyMs ? {latencyMs: spec.latencyMs} : {}),
    ...(spec.sharedServices ? {sharedServices: spec.sharedServices} : {}),
    ...(spec.licences ? {licences: spec.licences} : {}),
    ...(availability
      ? {
          availability: {
            zones: availability.zones ?? null,
            drSite: availability.drSite ?? null,
            sla: availability.sla ?? null,
          },
        }
      : {}),
    matches: (spec.matches ?? []).map((parts) => withoutUndefined(parts)),
    place: source.place(['spec']),
  };
}

function toCertification(entry: NonNullable<SiteDocument['spec']['certifications']>[number]): Certification {
  const {id, validUntil, type, edition, periodEnd, scope, evidence} = entry;
  return {
    id,
    validUntil: validUntil ?? null,
    ...(type ? {type} : {}),
    ...(edition ? {edition} : {}),
    ...(periodEnd ? {periodEnd} : {}),
    ...(scope ? {scope} : {}),
    ...(evidence ? {evidence} : {}),
  };
}

function withoutUndefined(parts: {[key: string]: string | undefined}): Site['matches'][number] {
  return Object.fromEntries(Object.entries(parts).filter(([, text]) => text !== undefined));
}

function nameless(document: YamlDocument): Finding {
  return {
    code: 'BH-SITE-001',
    severity: 'high',
    message: 'the site has no `metadata.name`',
    where: document.place(['metadata']),
    remedy: 'Add `metadata: {name: …}`: decisions refer to the site by it.',
  };
}

function duplicate(site: Site, known: Site[]): Finding {
  const first = known.find(({id}) => id === site.id)!;
  return {
    code: 'BH-SITE-002',
    severity: 'high',
    message: `site \`${site.id}\` is already described at ${first.place.file ?? 'another file'}:${first.place.line ?? 0}; this one is left out`,
    where: {...site.place, id: site.id},
    remedy: 'Give one of the two another name.',
  };
}
