import type {Workload} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, flag, text} from '../record.ts';
import type {ArmId} from './arm-id.ts';
import {applicationId} from './entra/ids.ts';

/** Client id by which a site signs its users in, by lower-case ARM id of the site. */
export type SignIns = Map<string, string>;

/**
 * `config/authsettingsV2` (or `authsettings`) of App Service and Functions: which application registration the site signs
 * users in with. The registration is told the site's default host name, by which it is found when the site itself stands in
 * another file.
 */
export function mapAuthSettings(draft: Draft, row: unknown, at: string, arm: ArmId, signIns: SignIns): void {
  const properties = field(row, 'properties');
  const directory = field(properties, 'identityProviders', 'azureActiveDirectory');
  const client = text(directory, 'registration', 'clientId') ?? text(properties, 'clientId');
  if (!/\/config\/authsettings(?:v2)?$/.test(arm.id)) return;
  const off =
    flag(properties, 'platform', 'enabled') === false ||
    flag(properties, 'enabled') === false ||
    flag(directory, 'enabled') === false;
  if (client === null || off) return;
  const site = arm.id.replace(/\/config\/[^/]*$/, '');
  const name = site.slice(site.lastIndexOf('/') + 1);
  signIns.set(site, client.toLowerCase());
  draft.identity(
    'appRegistrations',
    {
      id: applicationId(client),
      name: client,
      cloud: 'azure',
      tenant: null,
      servicePrincipal: null,
      signInAudience: null,
      hosts: [`${name}.azurewebsites.net`],
      owners: [],
      firstParty: false,
    },
    at,
  );
}

/** Writes the client ids to the sites of the same file. */
export function finishSignIns(draft: Draft, signIns: SignIns): void {
  if (signIns.size === 0) return;
  for (const [i, workload] of draft.facts.workloads.entries()) {
    const appId = signIns.get(workload.id.slice('azure:'.length));
    if (appId === undefined) continue;
    const patched: Workload = {...workload, attributes: {...workload.attributes, appId}};
    draft.facts.workloads[i] = patched;
  }
}
