import {tenantId} from './azure.ts';
import type {Dice} from './dice.ts';
import type {Target} from './files.ts';
import type {World} from './world.ts';

const HEAD = 'apiVersion: bulkhead.dev/v1alpha1';
const AD = 'corp.estate.example';

/** What people write by hand: dependencies, trust roots, register, sites and the workspace itself. */
export function writeDeclared(
  world: World,
  target: Target,
  dice: Dice,
  buckets: {file: string; scope: string}[],
): void {
  const rows = world.links.map(({from, to, kind, gib}) => `${from.name},${to.name},${kind},${gib ?? ''},`);
  target.text('deps.csv', ['from,to,kind,gib_per_month,max_latency_ms', ...rows, ''].join('\n'));
  target.text('identity.yaml', identity(world, dice));
  target.text('register.yaml', register(world, dice));
  target.text('sites.yaml', sites(world));
  target.text('policies/estate.yaml', POLICY);
  target.text('bulkhead.yaml', workspace(buckets));
}

const POLICY = `${HEAD}
kind: PlacementPolicy
metadata: {name: estate}
spec:
  rules:
    - id: EST-001
      title: Very confidential data under EU law alone
      severity: critical
      effect: forbid
      given: workload.sensitivity.c >= level.veryHigh && workload.tags.exists(k, k == "environment") && workload.tags["environment"] == "prod"
      when: site.jurisdictions.exists(j, j != "EU")
      message: "{{ workload.name }} holds very confidential data; law from outside the EU reaches {{ site.name }}"
      source: {title: Board resolution, date: 2026-02-17}
      onUnknown: warn
    - id: EST-002
      title: Confidential data rather on dedicated hardware
      severity: medium
      effect: prefer
      weight: 45
      given: workload.sensitivity.c >= level.high
      when: site.tenancy != "shared"
      message: "{{ site.name }} shares no hardware with other customers"
      source: {title: Cloud guideline, date: 2026-03-05}
    - id: EST-003
      title: Normal need rather in the public cloud
      severity: low
      effect: prefer
      weight: 60
      given: workload.sensitivity.c <= level.normal
      when: site.kind == "public"
      message: "{{ workload.name }} is of normal need: reach and elasticity count more"
      source: {title: Cloud guideline, date: 2026-03-05}
`;

function workspace(buckets: {file: string; scope: string}[]): string {
  return `${HEAD}
kind: Workspace
metadata: {name: generated-estate}
spec:
  sources:
    - file: inventory/azure/*.json
    - file: inventory/aws/organization.json
    - file: inventory/aws/organizational-units.json
    - file: inventory/aws/roots.json
    - file: inventory/aws/accounts.json
    - file: inventory/aws/*-iam.json
    - file: inventory/aws/*-ec2.json
    - file: inventory/aws/*-rds.json
    - file: inventory/gcp/*.json
    - file: inventory/private/*.csv
${buckets.map(({file, scope}) => `    - {file: ${file}, scope: '${scope}'}`).join('\n')}
  identity: identity.yaml
  dependencies: deps.csv
  register: register.yaml
  sites: sites.yaml
  policies: [pack:baseline, pack:storm-0558, policies/*.yaml]
  settings:
    applicationTags: [application, app]
    governedTags: [data-class]
    unknownAs: high
`;
}

function identity(world: World, dice: Dice): string {
  const named = (name: string): string[] =>
    world.apps.find((app) => app.name === name)?.items.map((item) => item.name) ?? [];
  const joined = world.apps.filter(
    (app) => app.cloud === 'private' || (app.cloud === 'azure' && dice.chance(0.1)),
  );
  const portals = world.apps.filter((app) => app.name.startsWith('portal-'));
  return `${HEAD}
kind: Identity
metadata: {name: generated-identity}
spec:
  adDomains:
    - fqdn: ${AD}
      domainControllers: [${named('active-directory').join(', ')}]
      members:
${joined.map((app) => `        - app:${app.name}`).join('\n')}
  entraConnect:
    - tenant: entra:${tenantId(0)}
      adDomain: ${AD}
      servers: [${named('jump-hosts').join(', ')}]
      syncedPrivilegedAccounts: true
  vcenterSso:
    - domain: vsphere.local
      vcenters: [onprem-own]
      identitySources:
        - {type: ad, root: ${AD}, privileged: true}
    - domain: dedicated.local
      vcenters: [dedicated-a]
      identitySources:
        - {type: oidc, root: 'oidc:https://login.hoster.example', privileged: true}
  operators:
    - name: Hoster
      access: jit
      operates: [dedicated-a, dedicated-b]
      identityProvider: 'oidc:https://login.hoster.example'
${portals.length > 0 ? `  signIns:\n${portals.map((app) => `    - {workload: app:${app.name}, root: 'oidc:https://id.customers.example'}`).join('\n')}` : ''}
  roots:
    - {id: 'oidc:https://login.hoster.example', kind: oidcIssuer, name: Hoster sign-in}
    - {id: 'oidc:https://id.customers.example', kind: oidcIssuer, name: Customer sign-in}
`;
}

/** One application in ten has somebody who answers for it; half of those signed a decision. */
function register(world: World, dice: Dice): string {
  const entries = world.apps
    .filter((app) => app.index < 5 || dice.chance(0.1))
    .map((app) => {
      const signed = dice.chance(0.5)
        ? `
      sensitivity:
        confidentiality: ${dice.pick(['normal', 'high', 'veryHigh'])}
        integrity: ${dice.pick(['normal', 'high'])}
        availability: ${dice.pick(['normal', 'high', 'veryHigh'])}
        decidedBy: ${app.owner}
        date: 2026-03-03
        reason: Decided in the yearly review.`
        : '';
      return `    - id: fn-${app.name}
      function: Function of ${app.name}
      owner: ${app.owner}
      criticality: ${1 + dice.integer(3)}
      rtoHours: ${dice.pick([4, 8, 24, 72])}
      dataCategories: [${dice.pick(['phi', 'pii', 'financial', 'payroll'])}]
      covers: ['app:${app.name}']${signed}`;
    });
  return `${HEAD}\nkind: Register\nmetadata: {name: generated-register}\nspec:\n  functions:\n${entries.join('\n')}\n`;
}

interface SiteText {
  name: string;
  kind: string;
  region: string;
  jurisdictions: string;
  roots: string[];
  matches: string;
  services: string;
  vcpu: number;
  more?: string;
}

const SERVICES = '[database, bucket, function, app-service, container-service, cluster, key-vault, queue]';

function sites(world: World): string {
  const tenants = new Set(Array.from({length: world.scopes.azure}, (_, scope) => tenantId(scope)));
  const entra = [...tenants].map((id) => `entra:${id}`);
  const cloud = (
    name: string,
    region: string,
    provider: string,
    roots: string[],
    vcpu: number,
  ): SiteText => ({
    name: `${provider}-${name}`,
    kind: 'public',
    region,
    jurisdictions: '[EU, US]',
    roots: [...roots, `provider:${provider}`],
    matches: `{cloud: ${provider}, region: ${region}*}`,
    services: SERVICES,
    vcpu,
  });
  const list: SiteText[] = [
    cloud('de', 'germanywestcentral', 'azure', entra, 24),
    cloud('nl', 'westeurope', 'azure', entra, 23),
    cloud('de', 'eu-central-1', 'aws', ['aws-org:o-estate0001'], 25),
    cloud('ie', 'eu-west-1', 'aws', ['aws-org:o-estate0001'], 22),
    cloud('de', 'europe-west3', 'gcp', ['gcp-org:700000000001'], 23),
    cloud('nl', 'europe-west4', 'gcp', ['gcp-org:700000000001'], 22),
    {
      name: 'dedicated-a',
      kind: 'dedicated',
      region: 'frankfurt',
      jurisdictions: '[EU]',
      roots: ['vcenter-sso:dedicated.local@dedicated-a'],
      matches: '{cloud: private, region: dc-hoster}',
      services: '[database, bucket, key-vault]',
      vcpu: 31,
    },
    {
      name: 'dedicated-b',
      kind: 'dedicated',
      region: 'partner',
      jurisdictions: '[EU]',
      roots: [`ad:${AD}`],
      matches: '{cloud: private, region: dc-partner}',
      services: '[database, bucket]',
      vcpu: 28,
    },
    {
      name: 'onprem-own',
      kind: 'onprem',
      region: 'own',
      jurisdictions: '[EU]',
      roots: ['vcenter-sso:vsphere.local@onprem-own'],
      matches: '{cloud: private, region: dc-own}',
      services: '[]',
      vcpu: 27,
      more: '  receives: false\n',
    },
  ];
  return list.map(siteText).join('---\n');
}

function siteText(site: SiteText): string {
  return `${HEAD}
kind: Site
metadata: {name: ${site.name}}
spec:
  title: ${site.name}
  kind: ${site.kind}
${site.more ?? ''}  provider: ${site.name.split('-')[0]}
  region: ${site.region}
  country: DE
  jurisdictions: ${site.jurisdictions}
  tenancy: ${site.kind === 'public' ? 'shared' : 'dedicated-hardware'}
  identityRoots:
${site.roots.map((root) => `    - {root: '${root}', sharedWithOtherTenants: ${root.startsWith('provider:')}}`).join('\n')}
  logRetentionDays: 365
  availability: {zones: ${site.kind === 'public' ? 3 : 1}}
  externalKeys: ${site.kind !== 'public'}
  certifications:
    - {id: c5-type2, validUntil: 2027-03-31}
  services: ${site.services}
  cost: {currency: EUR, asOf: 2026-10-01, illustrative: true, vcpuMonth: ${site.vcpu}, memoryGiBMonth: 3.2, storageGiBMonth: 0.09, egressPerGiB: 0.07}
  matches:
    - ${site.matches}
`;
}
