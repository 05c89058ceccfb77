import {field, flag, list, text} from '../record.ts';
import type {Workload} from '../../model/estate.ts';

type Exposure = Workload['internetExposed'];

/**
 * Whether a resource can be reached from the internet, from its own fields only. A missing public
 * address proves nothing (load balancers, firewalls and gateways publish too), so it stays null.
 */
export function azureExposure(type: string, properties: unknown): Exposure {
  return (SPECIAL.get(type) ?? networkAccess)(properties);
}

/** The common pair of most data services: `publicNetworkAccess`, narrowed by a firewall that denies by default. */
function networkAccess(properties: unknown): Exposure {
  const access =
    text(properties, 'publicNetworkAccess') ?? text(properties, 'network', 'publicNetworkAccess');
  if (access !== null && /^disabled$/i.test(access)) return no(`publicNetworkAccess = ${access}`);
  const action = text(properties, 'networkAcls', 'defaultAction');
  if (action !== null && /^deny$/i.test(action)) {
    const addresses = list(properties, 'networkAcls', 'ipRules').length;
    if (addresses > 0) return yes(`networkAcls.ipRules (${addresses} addresses)`);
    return no(`networkAcls.defaultAction = ${action}`);
  }
  if (access !== null && /^enabled$/i.test(access)) return yes(`publicNetworkAccess = ${access}`);
  if (action !== null && /^allow$/i.test(action)) return yes(`networkAcls.defaultAction = ${action}`);
  return null;
}

function storage(properties: unknown): Exposure {
  const general = networkAccess(properties);
  if (general !== null) return general;
  return flag(properties, 'allowBlobPublicAccess') === true ? yes('allowBlobPublicAccess = true') : null;
}

/** App Service and Functions publish their default host name unless told otherwise. */
function site(properties: unknown): Exposure {
  const access = text(properties, 'publicNetworkAccess');
  if (access !== null && /^disabled$/i.test(access)) return no(`publicNetworkAccess = ${access}`);
  if (field(properties, 'hostingEnvironmentProfile', 'id') !== undefined) return null;
  const host =
    text(properties, 'defaultHostName') ??
    text(properties, 'defaultHostname') ??
    text(list(properties, 'hostNames')[0]);
  return host === null ? networkAccess(properties) : yes(`defaultHostName = ${host}`);
}

function containerApp(properties: unknown): Exposure {
  const ingress = field(properties, 'configuration', 'ingress');
  const external = flag(ingress, 'external');
  if (external !== null)
    return external
      ? yes('configuration.ingress.external = true')
      : no('configuration.ingress.external = false');
  return ingress === null ? no('configuration.ingress = null') : null;
}

function containerGroup(properties: unknown): Exposure {
  const kind = text(properties, 'ipAddress', 'type');
  if (kind === null) return null;
  return /^public$/i.test(kind) ? yes(`ipAddress.type = ${kind}`) : no(`ipAddress.type = ${kind}`);
}

function managedInstance(properties: unknown): Exposure {
  const open = flag(properties, 'publicDataEndpointEnabled');
  if (open === null) return null;
  return {value: open, field: `publicDataEndpointEnabled = ${open}`};
}

/** A cluster whose API server has a public name; a private one may still publish services. */
function kubernetes(properties: unknown): Exposure {
  if (flag(properties, 'apiServerAccessProfile', 'enablePrivateCluster') === true) return null;
  const fqdn = text(properties, 'fqdn');
  return fqdn === null ? null : yes(`fqdn = ${fqdn}`);
}

function cosmos(properties: unknown): Exposure {
  const general = networkAccess(properties);
  if (general?.value === false) return general;
  if (flag(properties, 'isVirtualNetworkFilterEnabled') === true && list(properties, 'ipRules').length === 0)
    return no('isVirtualNetworkFilterEnabled = true');
  return general;
}

const SPECIAL: ReadonlyMap<string, (properties: unknown) => Exposure> = new Map([
  ['microsoft.storage/storageaccounts', storage],
  ['microsoft.web/sites', site],
  ['microsoft.web/sites/slots', site],
  ['microsoft.web/staticsites', site],
  ['microsoft.app/containerapps', containerApp],
  ['microsoft.containerinstance/containergroups', containerGroup],
  ['microsoft.sql/managedinstances', managedInstance],
  ['microsoft.containerservice/managedclusters', kubernetes],
  ['microsoft.documentdb/databaseaccounts', cosmos],
]);

function yes(fieldText: string): Exposure {
  return {value: true, field: fieldText};
}

function no(fieldText: string): Exposure {
  return {value: false, field: fieldText};
}
