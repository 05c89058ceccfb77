import type {Workload} from '../../../model/estate.ts';
import {flag, known, list, pointer, text, texts} from '../../record.ts';
import type {Row} from '../../record.ts';
import type {EntraContext, Fate} from './context.ts';
import {ENTRA_CODES} from './findings.ts';
import {isMicrosoft, SERVICE_TITLES, serviceOfApp, servicesOfPlan} from './first-party.ts';
import type {SaasService} from './first-party.ts';
import {hostOf, hostsOf} from './hosts.ts';
import {addDirectory, directoryId, saasId, tenantRootId} from './ids.ts';

/** Tags and modes by which Entra marks applications made for signing users in to a service elsewhere. */
const SIGN_IN_TAG = 'WindowsAzureActiveDirectoryIntegratedApp';
const GALLERY_TAGS = /^WindowsAzureActiveDirectory(?:GalleryApplication|CustomSingleSignOnApplication)/;

/**
 * The workload behind a service principal: a Microsoft 365 service, or a third party's application that users sign in to with
 * their directory account. Null = no workload of its own.
 */
export function mapSaasApplication(
  context: EntraContext,
  row: Row,
  at: string,
  facts: {name: string; appId: string | null; owner: string | null; principal: string},
): Fate | null {
  const {appId, owner} = facts;
  if (appId === null || flag(row, 'accountEnabled') === false) return null;
  const service = isMicrosoft(owner) || owner === null ? serviceOfApp(appId) : null;
  if (service !== null) {
    const fresh = addService(context, service, at, {appId: appId.toLowerCase()}, 'unknown');
    return fresh ? 'kept' : null;
  }
  if (isMicrosoft(owner) || !signsIn(row)) return null;
  const bought = bringsOwnSignOn(row);
  if (!bought && (owner === null || context.tenant === null)) {
    if (owner !== null) noteOwnerUnknown(context, at);
    return null;
  }
  if (!bought && owner?.toLowerCase() === context.tenant) return null;
  const id = saasId(context.tenant, appId);
  if (!context.draft.claim(id, row, at, context.scope)) return 'kept';
  const page = text(row, 'homepage') ?? text(row, 'loginUrl');
  const host = (page === null ? null : hostOf(page)) ?? hostsOf(row)[0] ?? null;
  context.draft.keep(
    {
      ...workload(context, id, facts.name, 'entra/enterpriseapplication'),
      // Whoever runs the service keeps the application's secrets.
      identities: owner === null || owner.toLowerCase() === context.tenant ? [] : [facts.principal],
      internetExposed: host === null ? null : {value: true, field: `homepage = ${host}`},
      attributes: known<string | number | boolean>({
        saas: 'third-party',
        appId: appId.toLowerCase(),
        vendorTenant: owner?.toLowerCase() ?? null,
        dnsName: host,
        signOn: text(row, 'preferredSingleSignOnMode'),
      }),
    },
    at,
    context.scope,
  );
  if (owner !== null && owner.toLowerCase() !== context.tenant) addVendor(context, owner, id, at);
  return 'kept';
}

/** Whose directory the application is registered in runs the service, as far as anybody outside can tell. */
function addVendor({draft}: EntraContext, owner: string, workload: string, at: string): void {
  draft.root({id: tenantRootId(owner), kind: 'entraTenant', name: owner}, at);
  draft.edge({
    from: tenantRootId(owner),
    to: workload,
    kind: 'OPERATES',
    level: 0,
    certainty: 'conditional',
    evidence: `appOwnerOrganizationId = ${owner}: the vendor's directory, if the service is run from it`,
    place: draft.place(at, workload),
  });
}

function signsIn(row: Row): boolean {
  return (
    texts(row, 'tags').some((tag) => tag === SIGN_IN_TAG || GALLERY_TAGS.test(tag)) ||
    text(row, 'preferredSingleSignOnMode') !== null ||
    text(row, 'homepage') !== null ||
    text(row, 'loginUrl') !== null
  );
}

/** Set up in the own directory for somebody else's service: SAML, password vaulting, or taken from the gallery. */
function bringsOwnSignOn(row: Row): boolean {
  return (
    /^(?:saml|password)$/i.test(text(row, 'preferredSingleSignOnMode') ?? '') ||
    texts(row, 'tags').some((tag) => GALLERY_TAGS.test(tag))
  );
}

function noteOwnerUnknown(context: EntraContext, at: string): void {
  if (context.said.has(ENTRA_CODES.ownerUnknown)) return;
  context.said.add(ENTRA_CODES.ownerUnknown);
  context.draft.find({
    code: ENTRA_CODES.ownerUnknown,
    severity: 'low',
    message:
      'The file does not say which tenant it comes from: applications of other organisations cannot be told from own ones and are not counted as workloads.',
    where: context.draft.place(at),
    remedy: 'Name the tenant as `scope` of this file in bulkhead.yaml.',
  });
}

/**
 * A licence: its service plans are the Microsoft 365 services the organisation has. Plans are rows of their own; where one
 * plan brings two services, the second counts for the licence's row.
 */
export function mapLicence(context: EntraContext, row: Row, at: string): Fate {
  const {draft, scope} = context;
  const licence = {licence: text(row, 'skuPartNumber') ?? ''};
  const active = !/^(?:suspended|deleted|lockedout)$/i.test(text(row, 'capabilityStatus') ?? '');
  let fate: Fate = {word: 'licence'};
  for (const [i, plan] of list(row, 'servicePlans').entries()) {
    const where = pointer(at, 'servicePlans', i);
    const off = /^(?:disabled|error)$/i.test(text(plan, 'provisioningStatus') ?? '');
    const [first, second] = active && !off ? servicesOfPlan(text(plan, 'servicePlanName') ?? '') : [];
    const added = first !== undefined && addService(context, first, where, licence, 'running');
    if (!added) draft.classify(scope, 'service plan');
    if (fate !== 'kept' && second !== undefined && addService(context, second, where, licence, 'running'))
      fate = 'kept';
  }
  return fate;
}

/** Adds the workload of a service once per file; false = it is there already. */
function addService(
  context: EntraContext,
  service: SaasService,
  at: string,
  attributes: Record<string, string>,
  state: Workload['state'],
): boolean {
  const id = saasId(context.tenant, service);
  const {draft, scope} = context;
  if (draft.facts.workloads.some((known) => known.id === id)) return false;
  draft.keep(
    {
      ...workload(context, id, SERVICE_TITLES[service], `microsoft365/${service}`),
      state,
      internetExposed: {value: true, field: `service = ${service}`},
      attributes: {saas: service, ...attributes},
    },
    at,
    scope,
  );
  addDirectory(draft, context.tenant, at);
  return true;
}

function workload(context: EntraContext, id: string, name: string, nativeType: string): Workload {
  addDirectory(context.draft, context.tenant, '');
  return {
    id,
    name,
    type: 'saas',
    cloud: 'azure',
    nativeType,
    source: context.draft.source,
    container: directoryId(context.tenant),
    application: null,
    region: null,
    state: 'unknown',
    tags: {},
    os: null,
    vcpu: null,
    memoryMiB: null,
    storageMiB: null,
    identities: [],
    internetExposed: null,
    host: null,
    attributes: {},
  };
}
