import type {Place} from '../../model/common.ts';
import type {Workload} from '../../model/estate.ts';
import type {SignIn, TokenValidation} from '../../model/identity-declaration.ts';
import type {AppRegistration} from '../../model/identity-facts.ts';
import type {EdgeFacts} from '../builder.ts';
import type {BuildContext} from '../context.ts';
import {CONSUMER_KEY} from '../node-ids.ts';
import {reference} from '../references.ts';
import {canonicalRoot} from '../root-ids.ts';
import {type KeyVerdict, consumerKeyVerdict, serviceVerdict} from './consumer-key.ts';
import {homeTenant, isMicrosoftTenant, serviceOf} from './tenants.ts';

/** An application users sign in to at a workload. */
interface Link {
  workload: string;
  audience: string | null;
  validation: TokenValidation | null;
  /** How the application and the workload were brought together. */
  by: string;
  /** The workload is surely this application's. */
  sure: boolean;
  place?: Place;
}

/**
 * `SIGNS_IN` from roots to workloads, and the signing key of personal Microsoft accounts to what may accept its tokens. The
 * join of application and workload is declared, by client id, or by the host of a reply URL (then conditional). A workload
 * that only stands in Azure and has no Microsoft sign-in has no such edge.
 */
export function addSignIns(context: BuildContext): void {
  const {estate, graph} = context;
  const apps = new Map(
    estate.appRegistrations.flatMap((app) => (app.cloud === 'azure' ? [[app.id, app] as const] : [])),
  );
  const declared = new Map<string, SignIn[]>();
  for (const link of estate.identity.flatMap(({signIns}) => signIns)) {
    const from = graph.root(link.root);
    for (const id of reference(context, [link.workload], 'signIns.workload', link.place)) {
      graph.edge(from, id, 'SIGNS_IN', {
        evidence: `signIns.root = ${link.root}`,
        bound: 'workload',
        place: link.place,
      });
      // A workload without Microsoft sign-in has nothing to do with Microsoft's keys.
      if (!isMicrosoftSignIn(link, from)) continue;
      declared.set(id, [...(declared.get(id) ?? []), link]);
      accept(context, fromDeclaration(context, id, link, apps));
    }
  }
  const byHost = groupByHost(apps.values());
  for (const workload of estate.workloads) {
    addService(context, workload);
    for (const [app, by, sure] of appsOf(workload, apps, byHost)) {
      const said = declared.get(workload.id) ?? [];
      // What is declared of an application, or of a workload with one application, is not guessed again.
      if (said.some(({appId}) => !appId || appIdOf(app) === appId)) continue;
      addHome(context, workload.id, app, by, sure);
      accept(context, {workload: workload.id, audience: app.signInAudience, validation: null, by, sure});
    }
  }
}

function isMicrosoftSignIn({signInAudience, appId, tokenValidation}: SignIn, root: string): boolean {
  return (
    signInAudience !== null ||
    (appId ?? null) !== null ||
    (tokenValidation ?? null) !== null ||
    root.startsWith('entra:')
  );
}

function fromDeclaration(
  {workloads}: BuildContext,
  workload: string,
  link: SignIn,
  apps: ReadonlyMap<string, AppRegistration>,
): Link {
  const native = workloads.get(workload)?.attributes['appId'];
  const appId = link.appId ?? (typeof native === 'string' ? native : null);
  const app = appId === null ? undefined : apps.get(`azure-app:${appId.toLowerCase()}`);
  return {
    workload,
    audience: link.signInAudience ?? app?.signInAudience ?? null,
    validation: link.tokenValidation ?? null,
    by: app ? `application ${app.name}` : 'signIns',
    sure: true,
    place: link.place,
  };
}

/** The key's edge to the workload, as the application's audience and declaration decide. */
function accept(context: BuildContext, {workload, audience, validation, by, sure, place}: Link): void {
  const verdict = consumerKeyVerdict(audience, validation);
  if (verdict === null) return;
  const because = sure ? verdict.because : `${verdict.because}; ${by}`;
  const certainty = !sure && verdict.certainty === 'certain' ? 'conditional' : verdict.certainty;
  drawKey(
    context,
    workload,
    {...verdict, certainty, because},
    {bound: 'workload', ...(place ? {place} : {})},
  );
}

function drawKey(
  {graph, workloads}: BuildContext,
  workload: string,
  {certainty, because, missing}: KeyVerdict,
  more: Pick<EdgeFacts, 'bound' | 'place'>,
): void {
  const name = workloads.get(workload)?.name ?? workload;
  graph.edge(graph.root(CONSUMER_KEY, 'Microsoft consumer signing key'), workload, 'ACCEPTS_KEY', {
    evidence: because,
    level: 2,
    certainty,
    ...more,
    ...(certainty === 'certain' || missing.length === 0
      ? {}
      : {
          gap: {
            id: `gap:token-validation:${workload}`,
            question: `Would ${name} take a token signed with the key of personal Microsoft accounts (keys of all tenants, or no issuer check)?`,
            about: workload,
            input: missing.join(', '),
            remedy: `State ${missing.join(' and ')} under signIns of ${name} in identity.yaml.`,
            certainty,
          },
        }),
  });
}

/** Microsoft 365 services take Microsoft's tokens by themselves; they stay where they are. */
function addService(context: BuildContext, workload: Workload): void {
  const service = serviceOf(workload);
  const verdict = service === null ? null : serviceVerdict(service);
  if (verdict) drawKey(context, workload.id, verdict, {bound: 'place'});
}

/** The tenant in which the application is used signs its users in. */
function addHome(
  context: BuildContext,
  workload: string,
  app: AppRegistration,
  by: string,
  sure: boolean,
): void {
  const {graph, principals} = context;
  const used = app.servicePrincipal === null ? undefined : principals.get(app.servicePrincipal);
  const home =
    (used ? homeTenant(context, used) : null) ?? (app.tenant === null ? null : canonicalRoot(app.tenant));
  if (home === null || isMicrosoftTenant(home)) return;
  graph.edge(graph.root(home), workload, 'SIGNS_IN', {
    evidence: `application ${app.name}: ${by}`,
    certainty: sure ? 'certain' : 'conditional',
    bound: 'workload',
  });
}

/** Applications of a workload: by the client id it states, else by the name it answers at. */
function appsOf(
  {attributes}: Workload,
  apps: ReadonlyMap<string, AppRegistration>,
  byHost: ReadonlyMap<string, AppRegistration[]>,
): [AppRegistration, string, boolean][] {
  const appId = attributes['appId'];
  const stated = typeof appId === 'string' ? apps.get(`azure-app:${appId.toLowerCase()}`) : undefined;
  if (stated) return stated.firstParty ? [] : [[stated, `appId = ${appIdOf(stated)}`, true]];
  const name = attributes['dnsName'];
  const found = typeof name === 'string' ? (byHost.get(name.toLowerCase()) ?? []) : [];
  return found.map((app) => [app, `a reply URL of ${app.name} has the host ${String(name)}`, false]);
}

function groupByHost(apps: Iterable<AppRegistration>): Map<string, AppRegistration[]> {
  const found = new Map<string, AppRegistration[]>();
  for (const app of apps) {
    if (app.firstParty) continue;
    for (const host of app.hosts)
      found.set(host.toLowerCase(), [...(found.get(host.toLowerCase()) ?? []), app]);
  }
  return found;
}

function appIdOf({id}: AppRegistration): string {
  return id.slice(id.indexOf(':') + 1);
}
