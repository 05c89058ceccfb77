import type {Workload} from '../../model/estate.ts';
import {field, flag, isRow, list, text, texts} from '../record.ts';

type Exposure = Workload['internetExposed'];

/**
 * Whether an asset can be reached from the internet, from its own configuration (`data`) or, in search
 * results, from `additionalAttributes`. A missing public address proves nothing and stays null.
 */
export function gcpExposure(type: string, data: unknown, extra: unknown): Exposure {
  return EXPOSURES.get(type)?.(data, extra) ?? null;
}

function instance(data: unknown, extra: unknown): Exposure {
  for (const card of [...list(data, 'networkInterfaces'), ...list(data, 'networkInterface')]) {
    for (const access of [...list(card, 'accessConfigs'), ...list(card, 'accessConfig')]) {
      const address = text(access, 'natIP') ?? text(access, 'natIp') ?? text(access, 'externalIp');
      if (address !== null) return yes(`networkInterfaces[].accessConfigs[].natIP = ${address}`);
    }
  }
  const external = texts(extra, 'externalIPs')[0];
  return external === undefined ? null : yes(`additionalAttributes.externalIPs = ${external}`);
}

function sql(data: unknown): Exposure {
  const settings = field(data, 'settings', 'ipConfiguration');
  const open = flag(settings, 'ipv4Enabled');
  if (open === false) return no('settings.ipConfiguration.ipv4Enabled = false');
  const primary = list(data, 'ipAddresses').find((address) => text(address, 'type') === 'PRIMARY');
  if (open === true) return yes('settings.ipConfiguration.ipv4Enabled = true');
  return primary === undefined ? null : yes(`ipAddresses[PRIMARY] = ${text(primary, 'ipAddress') ?? '?'}`);
}

function bucket(data: unknown): Exposure {
  const prevention = text(data, 'iamConfiguration', 'publicAccessPrevention');
  if (prevention === 'enforced') return no('iamConfiguration.publicAccessPrevention = enforced');
  for (const grant of list(data, 'acl')) {
    const entity = text(grant, 'entity');
    if (entity === 'allUsers' || entity === 'allAuthenticatedUsers') return yes(`acl[].entity = ${entity}`);
  }
  return null;
}

/** The control plane of a cluster; its services may be public even where this is private. */
function cluster(data: unknown): Exposure {
  if (!isRow(data)) return null;
  if (flag(data, 'privateClusterConfig', 'enablePrivateEndpoint') === true) return null;
  const endpoint = text(data, 'endpoint');
  return endpoint === null ? null : yes(`endpoint = ${endpoint}`);
}

function dataset(data: unknown): Exposure {
  for (const access of list(data, 'access')) {
    const group = text(access, 'specialGroup') ?? text(access, 'iamMember');
    if (group === 'allAuthenticatedUsers' || group === 'allUsers')
      return yes(`access[].specialGroup = ${group}`);
  }
  return null;
}

function run(data: unknown): Exposure {
  const ingress =
    text(data, 'ingress') ??
    text(data, 'metadata', 'annotations', 'run.googleapis.com/ingress') ??
    text(data, 'ingressSettings') ??
    text(data, 'serviceConfig', 'ingressSettings');
  if (ingress === null) return null;
  // An address for everybody; whether a caller needs a permission is a matter of its IAM policy.
  return /(?:^|_)all$/i.test(ingress) ? yes(`ingress = ${ingress}`) : no(`ingress = ${ingress}`);
}

const EXPOSURES: ReadonlyMap<string, (data: unknown, extra: unknown) => Exposure> = new Map([
  ['compute.googleapis.com/Instance', instance],
  ['sqladmin.googleapis.com/Instance', sql],
  ['storage.googleapis.com/Bucket', bucket],
  ['container.googleapis.com/Cluster', cluster],
  ['bigquery.googleapis.com/Dataset', dataset],
  ['run.googleapis.com/Service', run],
  ['cloudfunctions.googleapis.com/CloudFunction', run],
  ['cloudfunctions.googleapis.com/Function', run],
]);

function yes(fieldText: string): Exposure {
  return {value: true, field: fieldText};
}

function no(fieldText: string): Exposure {
  return {value: false, field: fieldText};
}
