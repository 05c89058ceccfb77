import type {Draft} from '../draft.ts';
import {field, isRow, list, pointer, text, texts} from '../record.ts';
import {memberPrincipal, serviceAccountId} from './members.ts';
import {containerId} from './names.ts';
import type {ProjectNames} from './names.ts';

/** What IAM policies of one file are read with. */
export interface PolicyContext {
  draft: Draft;
  projects: ProjectNames;
  /** Unique id of a service account → address, as policies name the account by its id. */
  accountEmails: ReadonlyMap<string, string>;
}

/** One allow policy on one resource → an assignment per member and role. */
export function mapPolicy(context: PolicyContext, resource: string, policy: unknown, at: string): void {
  const {draft, projects} = context;
  const scope = scopeOf(context, resource);
  for (const [i, binding] of list(policy, 'bindings').entries()) {
    const role = text(binding, 'role');
    if (role === null) continue;
    const condition = conditionText(field(binding, 'condition'));
    const where = pointer(at, 'bindings', i);
    for (const member of texts(binding, 'members')) {
      const principal = memberPrincipal(member, projects);
      draft.principal(principal, where);
      draft.assignment(
        {
          id: `${scope}#${role}#${member}${condition === null ? '' : `#${condition}`}`,
          cloud: 'gcp',
          principal: principal.id,
          role: `gcp:${role}`,
          roleName: role,
          scope,
          effect: 'allow',
          condition,
        },
        where,
      );
    }
  }
}

/** Containers by canonical id, service accounts as principals (a right over one is a right to act as it), else the resource. */
function scopeOf(context: PolicyContext, resource: string): string {
  const container = containerId(resource);
  if (container !== null) return context.projects.canonical(container);
  const account = /^\/\/iam\.googleapis\.com\/projects\/[^/]+\/serviceAccounts\/([^/]+)$/.exec(resource)?.[1];
  if (account === undefined) return `gcp:${resource}`;
  const email = account.includes('@') ? account : context.accountEmails.get(account);
  return email === undefined ? `gcp:${resource}` : serviceAccountId(email);
}

/** The expression; a condition without one is named by its title, so that it is not taken for none. */
function conditionText(condition: unknown): string | null {
  return isRow(condition)
    ? (text(condition, 'expression') ?? text(condition, 'title') ?? 'unreadable')
    : null;
}

/** Whom the world may read, per scope: evidence for {@link Workload.internetExposed}. */
export function publicScopes(draft: Draft): Map<string, string> {
  const open = new Map<string, string>();
  for (const {principal, scope, roleName, condition} of draft.facts.assignments) {
    if (condition !== null) continue;
    if (principal === 'gcp:allUsers' || principal === 'gcp:allAuthenticatedUsers')
      open.set(scope, `iamPolicy: ${principal.slice('gcp:'.length)} has ${roleName}`);
  }
  return open;
}
