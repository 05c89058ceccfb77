import type {GoogleWorkspace, WorkspaceDelegation} from '../../model/google-workspace.ts';
import type {Principal} from '../../model/estate.ts';
import type {Capability} from '../../model/exposure.ts';
import type {BuildContext} from '../context.ts';
import {facetNode} from '../node-ids.ts';
import type {Customers} from './customers.ts';
import {drawSignIn} from './workspace-sign-in.ts';
import {CONTROL_SCOPES, DATA_SCOPES, bareScope} from './tables/workspace-scopes.ts';

/** Super administrators, domain-wide delegation and sign-in of Workspace and Cloud Identity customers. */
export function drawWorkspaces(context: BuildContext, customers: Customers): void {
  const {estate, graph} = context;
  const saas = estate.workloads.flatMap((workload) => {
    const product = productOf(workload.name, workload.nativeType);
    return workload.type === 'saas' && product !== null ? [{id: workload.id, product}] : [];
  });
  drawExportedAdmins(context);
  for (const declaration of estate.identity.flatMap(({workspace}) => workspace ?? [])) {
    const root = graph.root(`workspace:${declaration.customer}`);
    const admins = declaration.superAdmins.map((address) => account(context, address));
    for (const admin of admins)
      graph.edge(admin, root, 'ADMINISTERS', {
        evidence: `workspace.superAdmins: super administrator of ${declaration.customer}`,
        bound: 'workload',
        place: declaration.place,
      });
    for (const admin of admins)
      graph.edge(root, admin, 'GOVERNS', {evidence: `account of ${declaration.customer}`, bound: 'workload'});
    const users = usersNode(context, root, customers);
    for (const delegation of declaration.domainWideDelegation)
      drawDelegation(context, declaration, delegation, {root, users, saas});
    drawSignIn(context, declaration, {root, admins, users: accountsOf(context, root, customers)});
  }
}

/** `isAdmin` of a directory export is the super administrator. */
function drawExportedAdmins({estate, graph}: BuildContext): void {
  for (const {id, cloud, attributes} of estate.principals) {
    if (cloud !== 'gcp' || attributes?.['superAdmin'] !== true || attributes['disabled'] === true) continue;
    const customer = attributes['customer'];
    const domain = id.slice(id.lastIndexOf('@') + 1).toLowerCase();
    const root = graph.root(`workspace:${typeof customer === 'string' ? customer : domain}`);
    graph.edge(id, root, 'ADMINISTERS', {evidence: 'isAdmin = true: super administrator', bound: 'workload'});
  }
}

/** One node for all users of a customer, made on first use. */
function usersNode(context: BuildContext, root: string, customers: Customers): string {
  const {graph} = context;
  const node = facetNode(root, 'users');
  if (graph.has(node)) return node;
  graph.node(node, 'container', 'users', `users of ${root.replace(/^workspace:/, 'customer ')}`);
  graph.edge(root, node, 'GOVERNS', {evidence: `customer = ${root}`, bound: 'workload'});
  for (const {id} of accountsOf(context, root, customers))
    graph.edge(node, id, 'GOVERNS', {evidence: `account of ${root}`, bound: 'workload'});
  return node;
}

/** Users of the inventory whose mail domain is the customer's. */
function accountsOf({estate}: BuildContext, root: string, customers: Customers): Principal[] {
  return estate.principals.filter(
    ({id, cloud, kind}) =>
      cloud === 'gcp' &&
      kind === 'user' &&
      customers.of(id.slice(id.lastIndexOf('@') + 1).toLowerCase()) === root,
  );
}

function drawDelegation(
  context: BuildContext,
  {customer, place}: GoogleWorkspace,
  {client, scopes}: WorkspaceDelegation,
  heads: {root: string; users: string; saas: readonly {id: string; product: string}[]},
): void {
  const {graph} = context;
  const tail = clientNode(context, client);
  const facts = (scope: string) => ({
    evidence: `domain-wide delegation in ${customer}, scope ${scope}: may act as any user`,
    bound: 'workload' as const,
    place,
  });
  const bare = scopes.map(bareScope);
  const admin = bare.find((scope) => CONTROL_SCOPES.has(scope));
  if (admin !== undefined) graph.edge(tail, heads.root, 'DELEGATED', facts(admin));
  if (bare.includes('cloud-platform')) graph.edge(tail, heads.users, 'DELEGATED', facts('cloud-platform'));
  if (scopes.length === 0)
    graph.edge(tail, heads.users, 'DELEGATED', {
      ...facts('(none stated)'),
      certainty: 'unknown',
      gap: {
        id: `gap:gcp-delegation-scopes:${client}@${customer}`,
        question: `May ${client} act as users of ${customer} for Google Cloud or administration scopes?`,
        about: tail,
        input: 'scopes of the domain-wide delegation',
        remedy:
          'Add the scopes the admin console lists for this client to `domainWideDelegation` in identity.yaml.',
        certainty: 'unknown',
      },
    });
  for (const {id, product} of heads.saas) {
    const caps = new Set<Capability>();
    for (const scope of bare)
      for (const cap of DATA_SCOPES.find((row) => covers(row, scope, product))?.caps ?? []) caps.add(cap);
    const scope = bare.find((one) => DATA_SCOPES.some((row) => covers(row, one, product)));
    if (scope !== undefined) graph.edge(tail, id, 'DELEGATED', {...facts(scope), caps: [...caps]});
  }
}

function covers(row: (typeof DATA_SCOPES)[number], scope: string, product: string): boolean {
  return row.pattern.test(scope) && (product === 'workspace' || row.product === product);
}

/** The service account of a client, by address or unique id; one that is not in the inventory is somebody else's. */
function clientNode({estate, graph}: BuildContext, client: string): string {
  const known = estate.principals.find(
    ({id, cloud, attributes}) =>
      cloud === 'gcp' && (id === `gcp:serviceAccount:${client}` || attributes?.['uniqueId'] === client),
  );
  if (known !== undefined) return known.id;
  const id = client.includes('@') ? `gcp:serviceAccount:${client}` : `gcp:client:${client}`;
  graph.node(id, 'principal', 'serviceAccount', client);
  graph.edge(
    graph.root(`vendor:google-client/${client}`, `holder of the Google client ${client}`),
    id,
    'GOVERNS',
    {
      evidence: `client = ${client}: no service account of the inventory`,
      bound: 'workload',
    },
  );
  return id;
}

function account({graph}: BuildContext, address: string): string {
  return graph.node(`gcp:user:${address}`, 'principal', 'user', address);
}

/** Which Workspace product a software service is, by its name or type; `workspace` = all of it. */
function productOf(name: string, nativeType: string): string | null {
  const text = `${nativeType} ${name}`.toLowerCase();
  if (/gmail|google mail/.test(text)) return 'gmail';
  if (/google drive|google docs|workspace\/drive/.test(text)) return 'drive';
  if (/google calendar|workspace\/calendar/.test(text)) return 'calendar';
  return /google workspace|g suite|google-workspace/.test(text) ? 'workspace' : null;
}
