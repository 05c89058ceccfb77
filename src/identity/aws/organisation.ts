import type {Container, PolicyDocument} from '../../model/estate.ts';
import type {IdentityGap} from '../../model/identity-facts.ts';
import type {BuildContext} from '../context.ts';
import {awsAccountOf, canonicalRoot} from '../root-ids.ts';
import type {Documents} from './documents.ts';
import type {ParsedPolicy} from './policy/index.ts';

/** What the organisation lets an account do. */
export interface AccountLimits {
  /** Equal for accounts under the same policies. */
  key: string;
  /** Root id of the organisation; null = none known. */
  organisation: string | null;
  /** True for the account that rules the organisation. */
  management: boolean;
  /** Levels from the root to the account, empty where nothing binds. */
  scps: readonly (readonly ParsedPolicy[])[];
  rcps: readonly (readonly ParsedPolicy[])[];
  /** Service control policies bind the account but are not in the source. */
  gap: IdentityGap | null;
}

const FREE: AccountLimits = {key: '', organisation: null, management: false, scps: [], rcps: [], gap: null};

/** Limits by account container id, each worked out once. */
export function createOrganisations(
  context: BuildContext,
  documents: Documents,
): (accountId: string) => AccountLimits {
  const {estate, containers} = context;
  const targetOf = targets(estate.containers);
  const attached = {
    scp: attachments(estate.policyDocuments, 'scp', targetOf),
    rcp: attachments(estate.policyDocuments, 'rcp', targetOf),
  };
  const known = new Map<string, AccountLimits>();
  const levels = (kind: 'scp' | 'rcp', chain: string[]): string[][] =>
    chain.map((id) => (attached[kind].get(id) ?? []).toSorted());
  /** Organisations of which some attachment is in the source. */
  const spoken = new Set(
    [...attached.scp.keys()].flatMap((id) => {
      const container = containers.get(id);
      return container ? [organisationOf(context, container) ?? ''] : [];
    }),
  );
  return (accountId) => {
    let limits = known.get(accountId);
    if (limits) return limits;
    const container = containers.get(accountId);
    const organisation = container ? organisationOf(context, container) : null;
    const number = awsAccountOf(accountId);
    const management = number !== null && context.awsManagement.has(number);
    if (!container || organisation === null) limits = FREE;
    else if (management || billingOnly(context, organisation)) limits = {...FREE, organisation, management};
    else {
      const chain = levelsOf(context, container, organisation);
      const scps = spoken.has(organisation) ? levels('scp', chain) : [];
      // An organisation without RCPs has the one that allows everything; only written ones take away.
      const rcps = attached.rcp.size > 0 ? levels('rcp', chain).filter((ids) => ids.length > 0) : [];
      limits = {
        key: JSON.stringify([scps, rcps]),
        organisation,
        management,
        scps: scps.map((ids) => ids.map((id) => documents.of(id))),
        rcps: rcps.map((ids) => ids.map((id) => documents.of(id))),
        gap: spoken.has(organisation) ? null : missingScps(organisation),
      };
    }
    known.set(accountId, limits);
    return limits;
  };
}

/**
 * The container a policy is attached to. Organizations' own root (`r-…`) is the organisation: by the list of roots, else
 * where there is only one it can be.
 */
function targets(containers: readonly Container[]): (id: string) => string {
  const organisations = containers.filter(({cloud, kind}) => cloud === 'aws' && kind === 'organization');
  const roots = new Map(
    organisations.flatMap(({id, aliases}) => (aliases ?? []).map((alias) => [alias, id])),
  );
  const only = organisations.length === 1 ? organisations[0]!.id : null;
  return (id) => roots.get(id) ?? (id.startsWith('aws-ou:r-') ? (only ?? id) : id);
}

function attachments(
  documents: PolicyDocument[],
  kind: PolicyDocument['kind'],
  targetOf: (id: string) => string,
): Map<string, string[]> {
  const attached = new Map<string, string[]>();
  for (const document of documents) {
    if (document.kind !== kind) continue;
    for (const stated of document.attachedTo ?? []) {
      const target = targetOf(stated);
      const known = attached.get(target);
      if (known) known.push(document.id);
      else attached.set(target, [document.id]);
    }
  }
  return attached;
}

/** The account and what is above it, from the root down; cycles end it. */
function chainOf({containers}: BuildContext, account: Container): Container[] {
  const chain: Container[] = [];
  for (let at: Container | undefined = account; at && !chain.includes(at);) {
    chain.unshift(at);
    at = at.parent === null ? undefined : containers.get(at.parent);
  }
  return chain;
}

/** Ids of the containers whose policies bind the account. Where the way up is not in the source the organisation still counts. */
function levelsOf(context: BuildContext, account: Container, organisation: string): string[] {
  const ids = chainOf(context, account).map(({id}) => id);
  return ids[0] === organisation ? ids : [organisation, ...ids];
}

function organisationOf(context: BuildContext, container: Container): string | null {
  if (container.root !== null) return canonicalRoot(container.root);
  const top = chainOf(context, container)[0];
  if (!top) return null;
  if (top.root !== null) return canonicalRoot(top.root);
  return top.kind === 'organization' ? canonicalRoot(top.id) : null;
}

function billingOnly({containers}: BuildContext, organisation: string): boolean {
  return containers.get(organisation)?.attributes?.['featureSet'] === 'CONSOLIDATED_BILLING';
}

function missingScps(organisation: string): IdentityGap {
  return {
    id: `gap:aws-scp:${organisation}`,
    question: `Do principals in the member accounts of ${organisation} keep the rights their own policies state, whatever its service control policies say?`,
    about: organisation,
    input:
      '`aws organizations list-policies --filter SERVICE_CONTROL_POLICY`, describe-policy and list-targets-for-policy',
    remedy: 'Import the service control policies of the organisation with their targets.',
    certainty: 'conditional',
  };
}
