import type {Host} from '../../model/estate.ts';
import type {HostStatement} from '../../model/identity-sections.ts';
import type {BuildContext} from '../context.ts';
import {hostsUnder} from '../scopes.ts';

/** What authors state about a host, blanks filled in the order of the documents. */
export type StatedHost = Pick<HostStatement, 'domain' | 'version' | 'esxAdminsGroupChanged' | 'dedicatedTo'>;

const NOTHING: StatedHost = {domain: null, version: null, esxAdminsGroupChanged: null, dedicatedTo: null};

/** Statements per host. References that name nothing are findings when `tell` is set: one reader tells them. */
export function hostStatements(context: BuildContext, tell: boolean): (host: Host) => StatedHost {
  const stated = new Map<string, StatedHost>();
  const {estate} = context;
  const quiet = tell ? context : {...context, graph: {...context.graph, findings: []}};
  for (const statement of estate.identity.flatMap(({hosts}) => hosts ?? [])) {
    for (const {id} of hostsUnder(quiet, statement.hosts, 'hosts', statement.place)) {
      const known = stated.get(id) ?? NOTHING;
      stated.set(id, {
        domain: known.domain ?? statement.domain,
        version: known.version ?? statement.version,
        esxAdminsGroupChanged: known.esxAdminsGroupChanged ?? statement.esxAdminsGroupChanged,
        dedicatedTo: known.dedicatedTo ?? statement.dedicatedTo,
      });
    }
  }
  return ({id}) => stated.get(id) ?? NOTHING;
}
