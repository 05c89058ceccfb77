import type {IdentityGap} from '../../model/identity-facts.ts';
import type {PrivilegePath} from '../../model/privilege-paths.ts';
import type {BuildContext} from '../context.ts';
import type {Subject} from './subject-list.ts';

/** What is known of users' passwords and access keys. */
export interface UserStates {
  /** Subjects that are in the state a path needs, and those of whom that is not known, with the question. */
  split(
    account: string,
    when: PrivilegePath['when'],
    subjects: readonly Subject[],
  ): {fits: readonly Subject[]; gap: IdentityGap | null}[];
}

/** Access keys a user may have. */
const MOST_KEYS = 2;

export function createUserStates({estate, principals, containers}: BuildContext): UserStates {
  const keys = new Map<string, number>();
  const passwords = new Set<string>();
  for (const {principal, kind, cloud} of estate.credentials) {
    if (cloud !== 'aws') continue;
    if (kind === 'accessKey') keys.set(principal, (keys.get(principal) ?? 0) + 1);
    if (kind === 'password') passwords.add(principal);
  }
  const password = (id: string): 'present' | 'absent' | null => {
    if (passwords.has(id)) return 'present';
    const stated = principals.get(id)?.attributes?.['passwordEnabled'];
    return stated === true ? 'present' : stated === false ? 'absent' : null;
  };
  return {
    split(account, when, subjects) {
      const fits: Subject[] = [];
      const open: Subject[] = [];
      for (const subject of subjects) {
        // Two keys are the exception: a user whose keys no source lists is taken to have room for one.
        const full = (keys.get(subject.id) ?? 0) >= MOST_KEYS;
        if (when.accessKeys !== undefined && full !== (when.accessKeys === 'full')) continue;
        if (when.password === undefined) {
          fits.push(subject);
          continue;
        }
        const state = password(subject.id);
        if (state === null) open.push(subject);
        else if (state === when.password) fits.push(subject);
      }
      const parts: {fits: readonly Subject[]; gap: IdentityGap | null}[] = [];
      if (fits.length > 0) parts.push({fits, gap: null});
      if (open.length > 0) {
        const name = containers.get(account)?.name ?? account;
        parts.push({fits: open, gap: missingPasswords(account, name, when.password!)});
      }
      return parts;
    },
  };
}

function missingPasswords(account: string, name: string, state: 'present' | 'absent'): IdentityGap {
  return {
    id: `gap:aws-password-${state}:${account}`,
    question: `Do users of account ${name} with further rights have ${state === 'present' ? 'a' : 'no'} console password?`,
    about: account,
    input: '`password_enabled` of `aws iam get-credential-report`',
    remedy: 'Import the credential report of the account.',
    certainty: 'conditional',
  };
}
