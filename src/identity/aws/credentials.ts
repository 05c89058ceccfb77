import type {BuildContext} from '../context.ts';

/** The root user as credential reports name it. */
const ROOT_USER = /^aws:arn:[^:]+:iam::(\d{12}):root$/;

/**
 * Passwords and access keys of users: nodes of their own, so that one leaked key can be a start. Disabled and expired ones lead
 * nowhere. A password that asks for a second proof is level 1; a key asks for none by itself.
 */
export function addCredentials({estate, graph, options}: BuildContext): void {
  for (const {id, cloud, kind, principal, name, active, expires, created, mfa} of estate.credentials) {
    const head = graph.has(principal) ? principal : rootUserOf(principal);
    if (cloud !== 'aws' || head === null || !graph.has(head)) continue;
    graph.node(id, 'credential', kind, name);
    const gone = active === false || (expires !== null && Date.parse(expires) <= Date.parse(options.now));
    if (gone) continue;
    const guarded = kind === 'password' && mfa === true;
    graph.edge(id, head, 'AUTHENTICATES', {
      evidence: `${kind === 'password' ? 'password' : 'access key'}${created === null ? '' : ` of ${created.slice(0, 10)}`}${guarded ? ', second factor registered' : ''}${active === null ? '; whether it is active is not in the source' : ''}`,
      level: guarded ? 1 : 0,
      certainty: active === null ? 'conditional' : 'certain',
      bound: 'workload',
    });
  }
}

/** The root user of an account is the account's root. */
function rootUserOf(principal: string): string | null {
  const account = ROOT_USER.exec(principal)?.[1];
  return account === undefined ? null : `aws-account:${account}`;
}
