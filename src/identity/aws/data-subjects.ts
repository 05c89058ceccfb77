import type {PolicyDocument, Workload} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {awsAccountOf} from '../root-ids.ts';
import {arnOf} from './accounts.ts';
import {STORE_SORTS, type StoreSort, storeSortOf} from './data-stores.ts';
import type {Documents} from './documents.ts';
import type {AccountLimits} from './organisation.ts';
import {
  ANY,
  type ParsedPolicy,
  type Request,
  type Statement,
  accountOfArn,
  tagContext,
} from './policy/index.ts';

/** A workload that holds data, with what decides about it besides the policies of who asks. */
export interface Store {
  workload: Workload;
  arn: string;
  sort: StoreSort;
  /** Account container and number of the owner. */
  account: string;
  number: string | null;
  policy: ParsedPolicy | null;
  policyId: string | null;
  /** Customer managed key its content is encrypted with. */
  key: string | null;
  rcps: readonly (readonly ParsedPolicy[])[];
  /** What the evaluator is told of it. */
  facts: Omit<Request, 'action' | 'resource'>;
  /** Nothing but its name tells it from other stores of the account. */
  plain: boolean;
}

export interface Stores {
  all: readonly Store[];
  /** By account container, then sort. */
  of(account: string, sort: StoreSort): readonly Store[];
  /** Stores whose policy names a principal of the account, the account, or everyone. */
  naming(number: string): readonly Store[];
  /** Policy of a key by its ARN. */
  keyPolicy: (arn: string) => ParsedPolicy | null;
}

export function createStores(
  context: BuildContext,
  documents: Documents,
  limitsOf: (account: string) => AccountLimits,
): Stores {
  const attached = new Map<string, PolicyDocument>();
  for (const document of context.estate.policyDocuments) {
    if (document.kind !== 'resource') continue;
    for (const id of document.attachedTo ?? []) attached.set(id, document);
  }
  const all = context.estate.workloads.flatMap((workload): Store[] => {
    if (workload.cloud !== 'aws' || workload.container === null) return [];
    const named = arnOf(workload.id);
    const isNamed = named.startsWith('arn:');
    const sort = isNamed ? storeSortOf(named) : STORE_SORTS.find(({type}) => type === workload.type);
    if (!sort) return [];
    // Who is known without an ARN is reached by rights over all of its sort.
    const arn = isNamed ? named : probeOf(sort.arn, awsAccountOf(workload.container) ?? ANY);
    const document = attached.get(workload.id);
    const number = accountOfArn(arn) ?? awsAccountOf(workload.container);
    const {rcps} = limitsOf(workload.container);
    const policy = document ? documents.of(document.id) : null;
    const kmsKey = workload.attributes['kmsKey'];
    const key = sort.decrypts && typeof kmsKey === 'string' && kmsKey.includes(':key/') ? kmsKey : null;
    return [
      {
        workload,
        arn,
        sort,
        account: workload.container,
        number,
        policy,
        policyId: document?.id ?? null,
        key,
        rcps,
        facts: {
          ...(number === null ? {} : {resourceAccount: number}),
          resourcePolicy: policy,
          rcps,
          context: tagContext('aws:ResourceTag/', workload.tags),
        },
        plain: key === null && (policy === null ? sort.id !== 'key' : isHarmless(policy)),
      },
    ];
  });
  const byPlace = new Map<string, Store[]>();
  const byNumber = new Map<string, Set<Store>>();
  const everyone: Store[] = [];
  for (const store of all) {
    const key = `${store.account} ${store.sort.id}`;
    const list = byPlace.get(key);
    if (list) list.push(store);
    else byPlace.set(key, [store]);
    const named = store.policy ? namedIn(store.policy) : null;
    if (named?.everyone === true) everyone.push(store);
    for (const number of named?.accounts ?? []) {
      const stores = byNumber.get(number);
      if (stores) stores.add(store);
      else byNumber.set(number, new Set([store]));
    }
  }
  return {
    all,
    of: (account, {id}) => byPlace.get(`${account} ${id}`) ?? [],
    naming: (number) => [...new Set([...(byNumber.get(number) ?? []), ...everyone])],
    keyPolicy(arn) {
      const document = attached.get(`aws:${arn}`);
      return document ? documents.of(document.id) : null;
    },
  };
}

/** An ARN pattern of the store table as a probe in an account. */
export function probeOf(pattern: string, number: string, partition = 'aws'): string {
  return pattern.replace('arn:*:', `arn:${partition}:`).replace('{account}', number).replaceAll('*', ANY);
}

/** Accounts a policy lets in, by themselves or by a principal of theirs. */
export function namedIn({statements}: ParsedPolicy): {
  everyone: boolean;
  accounts: Set<string>;
  canonical: boolean;
} {
  const named = {everyone: false, accounts: new Set<string>(), canonical: false};
  for (const {effect, principal, unread} of statements) {
    if (effect !== 'Allow') continue;
    if (unread !== null || principal === null || principal.negated) named.everyone = true;
    else
      for (const {type, value} of principal.entries) {
        if (type === '*') named.everyone = true;
        if (type === 'CanonicalUser') named.canonical = true;
        const account = type === 'AWS' ? (/^\d{12}$/.exec(value)?.[0] ?? accountOfArn(value)) : null;
        if (account !== null) named.accounts.add(account);
      }
  }
  return named;
}

/** A policy that takes nothing away from somebody who comes over an encrypted connection, as everybody can. */
function isHarmless({statements}: ParsedPolicy): boolean {
  return statements.every((statement) =>
    statement.effect === 'Allow' ? statement.unread === null : asksForTls(statement),
  );
}

function asksForTls({conditions}: Statement): boolean {
  return conditions.some(
    ({operator, key, values, quantifier}) =>
      operator === 'bool' &&
      key === 'aws:securetransport' &&
      quantifier === null &&
      values.join() === 'false',
  );
}
