import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {createAsking} from './asking.ts';
import {type AwsClass, classesOf} from './classes.ts';
import {type Delegations, createDelegations} from './delegations.ts';
import {createDataAccess} from './data-access.ts';
import {addStatedAccess} from './data-policies.ts';
import {createStores} from './data-subjects.ts';
import {addCredentials} from './credentials.ts';
import {createDocuments} from './documents.ts';
import {type Aws, holderOf} from './engine.ts';
import {addIdentityCenter} from './identity-center.ts';
import {addManagementAccounts} from './management-account.ts';
import {createOrganisations} from './organisation.ts';
import {createPopulations} from './population.ts';
import {addRights} from './rights.ts';
import {createSets} from './sets.ts';
import {addTrust} from './trust.ts';
import {addUnlisted} from './unlisted.ts';
import {createUserStates} from './user-states.ts';
import {addWorkloadIssuers} from './workload-issuers.ts';

/**
 * All edges of this platform: who may assume which role, what policies let their holders obtain directly and on privilege
 * paths, Identity Center, and who rules the organisation.
 */
export function addAws(context: BuildContext, facets: Facets): void {
  const {estate, options} = context;
  if (
    estate.containers.every(({cloud}) => cloud !== 'aws') &&
    estate.principals.every(({cloud}) => cloud !== 'aws')
  )
    return;
  const documents = createDocuments(context);
  const limitsOf = createOrganisations(context, documents);
  const classes = classesOf(context, documents, limitsOf);
  const classOf = new Map(classes.flatMap((one) => one.members.map(({id}) => [id, one] as const)));
  const stores = createStores(context, documents, limitsOf);
  const parts = {
    context,
    facets,
    documents,
    asking: createAsking(options.now),
    data: createDataAccess(stores),
    populations: createPopulations(context),
    sets: createSets(context),
    classOf,
    pending: [],
    made: new Set<string>(),
    left: new WeakMap(),
  };
  // Trusts come first: some ways to more rights go over roles that may be assumed.
  let delegations: Delegations | null = null;
  const aws: Aws = {...parts, delegations: {rolesOf: (id) => delegations?.rolesOf(id) ?? new Set()}};
  delegations = createDelegations(aws);
  addWorkloadIssuers(context);
  addTrust(aws, delegations);
  delegations.draw(classes);
  addIdentityCenter(aws, limitsOf);
  addAllRights(aws, classes);
  addStatedAccess(aws, stores);
  addUnlisted(context, facets);
  addCredentials(context);
  addManagementAccounts(context, facets);
  documents.tell();
}

function addAllRights(aws: Aws, classes: readonly AwsClass[]): void {
  const {context, pending} = aws;
  const paths = context.options.aws?.paths ?? null;
  if (paths === null && classes.length > 0) tellNoPaths(context);
  const states = createUserStates(context);
  for (const one of classes) addRights(aws, holderOf(aws, one), paths, states);
  // Drawing the rights of one of these can make further ones; each node is made once.
  for (let holder = pending.pop(); holder; holder = pending.pop()) addRights(aws, holder, paths, states);
}

function tellNoPaths({graph}: BuildContext): void {
  graph.findings.push({
    code: 'BH-ID-104',
    severity: 'medium',
    message: 'no valid PrivilegePaths document: ways from one AWS right to more rights are not looked for',
    where: {},
    remedy: 'Correct `policies/identity/aws-privilege-paths.yaml`, or restore the shipped one.',
  });
}
