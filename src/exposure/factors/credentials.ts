import type {Estate, Principal} from '../../model/estate.ts';
import type {Credential} from '../../model/identity-facts.ts';
import type {FactorName, RiskFactors} from './parameters.ts';
import {counted, daysBetween} from './tell.ts';
import type {Measured} from './tell.ts';

/** Kinds whose age says how long a copy of them would work. */
const KEYS: ReadonlySet<Credential['kind']> = new Set([
  'accessKey',
  'hmacKey',
  'clientSecret',
  'certificate',
  'sshKey',
]);

/** Kinds with a stated end that somebody chose. */
const DATED: ReadonlySet<Credential['kind']> = new Set(['clientSecret', 'certificate', 'saKey']);

type Told = Partial<Record<FactorName, Measured[]>>;

/** Age, end, use and guard of credentials. `now` is ISO 8601. */
export function measureCredentials(estate: Estate, {factors}: RiskFactors, now: string): Told {
  const principals = new Map(estate.principals.map((one) => [one.id, one]));
  const told: Told = {};
  const add = (name: FactorName, measured: Measured): void => {
    (told[name] ??= []).push(measured);
  };
  const personal = new Map<string, Credential[]>();
  for (const credential of estate.credentials) {
    if (credential.active === false) continue;
    const holder = principals.get(credential.principal);
    const measure = {credential, holder, now, add, factors};
    measureAge(measure);
    measureEnd(measure);
    measureUse(measure);
    if (credential.kind !== 'accessKey') continue;
    if (isRootUser(holder, credential.principal)) continue;
    if (holder?.person === true && holder.attributes?.['passwordEnabled'] === true) {
      const keys = personal.get(credential.principal);
      if (keys) keys.push(credential);
      else personal.set(credential.principal, [credential]);
    }
  }
  for (const [id, keys] of personal) {
    if (keys.length <= factors.personalKey.threshold.value) continue;
    add('personalKey', {
      about: id,
      says: `a person who signs in with a password also holds ${counted(keys.length, 'keys')} without end`,
      evidence: `${keys.map(({id: key}) => key.slice(key.lastIndexOf('#') + 1)).join(', ')}: active`,
    });
  }
  measureRootKeys(estate, principals, factors, add);
  measureSecondFactors(estate, principals, factors, add);
  return told;
}

interface Measure {
  credential: Credential;
  holder: Principal | undefined;
  now: string;
  add: (name: FactorName, measured: Measured) => void;
  factors: RiskFactors['factors'];
}

function measureAge({credential, now, add, factors}: Measure): void {
  const age = daysBetween(credential.created, now);
  if (age === null || credential.managedBy === 'provider') return;
  const {kind, id} = credential;
  const name: FactorName | null =
    kind === 'saKey'
      ? 'serviceAccountKeyAge'
      : kind === 'signingCertificate'
        ? 'signingKeyAge'
        : KEYS.has(kind)
          ? 'keyAge'
          : null;
  if (name === null || age <= factors[name].threshold.value) return;
  add(name, {
    about: id,
    says: `${wordOf(credential)} is ${counted(age, 'days')} old`,
    evidence: `created ${credential.created}`,
  });
}

function measureEnd({credential, now, add, factors}: Measure): void {
  const past = daysBetween(credential.expires, now);
  const {id, kind} = credential;
  if (past !== null && past > factors.expiredCredential.threshold.value) {
    // A federated signing key and a key listed as active are accepted as long as they are listed; of others nobody knows.
    const accepted = credential.active === true;
    add('expiredCredential', {
      about: id,
      says: `${wordOf(credential)} is ${counted(past, 'days')} past its end and ${accepted ? 'still active' : 'still listed; whether it is refused, the source does not say'}`,
      evidence: `expires ${credential.expires}, active ${credential.active ?? 'not stated'}`,
      ...(accepted ? {} : {severity: 'low' as const}),
    });
  }
  if (!DATED.has(kind)) return;
  const left = past === null ? null : -past - 1;
  const endless = credential.neverExpires === true && credential.managedBy !== 'provider';
  if (!endless && (left === null || left <= factors.longValidity.threshold.value)) return;
  // Keys of service accounts have no end unless one is set; their age is a factor of its own.
  if (endless && kind === 'saKey') return;
  add('longValidity', {
    about: id,
    says: endless
      ? `${wordOf(credential)} never expires`
      : `${wordOf(credential)} is valid for another ${counted(left ?? 0, 'days')}`,
    evidence: endless ? 'no end of validity' : `expires ${credential.expires}`,
  });
}

function measureUse({credential, holder, now, add, factors}: Measure): void {
  const {kind, id, lastUsed, created} = credential;
  if (kind === 'signingCertificate' || credential.managedBy === 'provider' || isRootUser(holder, id)) return;
  const limit = factors.unusedKey.threshold.value;
  const used = daysBetween(lastUsed, now);
  if (used !== null) {
    if (used <= limit) return;
    add('unusedKey', {
      about: id,
      says: `${wordOf(credential)} was last used ${counted(used, 'days')} ago`,
      evidence: `last used ${lastUsed}`,
    });
    return;
  }
  const age = daysBetween(created, now);
  // Only AWS reports uses together with keys; elsewhere a missing date says nothing.
  if (age === null || age <= limit || credential.cloud !== 'aws' || kind !== 'accessKey') return;
  add('unusedKey', {
    about: id,
    says: `${wordOf(credential)} was made ${counted(age, 'days')} ago and no use is on record`,
    evidence: `created ${created}, last used not stated`,
  });
}

function measureRootKeys(
  estate: Estate,
  principals: ReadonlyMap<string, Principal>,
  factors: RiskFactors['factors'],
  add: Measure['add'],
): void {
  const keys = new Map<string, number>();
  for (const {principal, kind, active} of estate.credentials) {
    if (kind !== 'accessKey' || active === false || !isRootUser(principals.get(principal), principal))
      continue;
    keys.set(principal, (keys.get(principal) ?? 0) + 1);
  }
  for (const [id, count] of keys) {
    if (count <= factors.rootKey.threshold.value) continue;
    add('rootKey', {
      about: id,
      says: `the root user of an account has ${counted(count, 'access keys')}`,
      evidence: 'credential report access_key_n_active or account summary AccountAccessKeysPresent',
    });
  }
}

/** Counted per account, so that one account without any second factor is one finding and not a thousand. */
function measureSecondFactors(
  estate: Estate,
  principals: ReadonlyMap<string, Principal>,
  factors: RiskFactors['factors'],
  add: Measure['add'],
): void {
  const unguarded = new Map<string, string[]>();
  for (const {principal, kind, active, mfa} of estate.credentials) {
    const holder = principals.get(principal);
    if (kind !== 'password' || active === false) continue;
    if (holder?.person !== true && !isRootUser(holder, principal)) continue;
    const guarded = holder?.attributes?.['mfaEnabled'];
    // One source that knows of a second factor is enough; none that denies it is no proof of its absence.
    if (guarded === true || mfa === true || (guarded !== false && mfa !== false)) continue;
    const home = holder?.container ?? principal;
    const list = unguarded.get(home);
    if (list) list.push(principal);
    else unguarded.set(home, [principal]);
  }
  for (const [home, people] of unguarded) {
    if (people.length <= factors.noSecondFactor.threshold.value) continue;
    const root = people.some((id) => isRootUser(principals.get(id), id));
    add('noSecondFactor', {
      about: home,
      says: `${counted(people.length, 'passwords')} can be used without a second factor${root ? ', one of them of the root user' : ''}`,
      evidence: `mfa_active = false${people.length === 1 ? '' : ` for ${people.length}`}`,
      ...(root ? {severity: 'critical' as const} : {}),
    });
  }
}

function isRootUser(holder: Principal | undefined, id: string): boolean {
  return holder?.attributes?.['rootUser'] === true || /^aws:arn:[\w-]+:iam::\d{12}:root(?:#|$)/.test(id);
}

/** Names of keys are chosen by people and may name one; the kind is enough, the id is in the place. */
function wordOf({kind}: Credential): string {
  return WORDS[kind];
}

const WORDS: Record<Credential['kind'], string> = {
  password: 'a password',
  accessKey: 'an access key',
  clientSecret: 'a client secret',
  certificate: 'a certificate',
  saKey: 'a key of a service account',
  hmacKey: 'an HMAC key',
  sshKey: 'an SSH key',
  signingCertificate: 'a signing key of an identity provider',
};
