import type {Container, Host} from '../../model/estate.ts';
import {readCustomValues} from './custom-values.ts';
import {listAt, property, referenceAt, textAt} from './managed-object.ts';
import type {ReadContext} from './vm-object.ts';

/** A HostSystem; its cluster becomes an implied container until a file lists it. */
export function readHost(
  object: unknown,
  context: ReadContext,
  containers: Map<string, Container>,
): Host | null {
  const moref = referenceAt(object, 'self')?.value;
  if (!moref) return null;
  const parent = referenceAt(object, 'parent');
  const summary = property(object, 'summary');
  const active = property(object, 'config', 'hyperThread', 'active');
  let home = context.top;
  if (parent?.type === 'ClusterComputeResource') {
    home = `vmware:${context.vcenter}/${parent.value}`;
    if (!containers.has(home)) {
      containers.set(home, {...container(home, 'cluster', parent.value, context.top), implied: true});
    }
  }
  return {
    id: `vmware:${context.vcenter}/${moref}`,
    name: textAt(object, 'name') ?? textAt(summary, 'config', 'name') ?? moref,
    container: home,
    cpuModel: textAt(summary, 'hardware', 'cpuModel'),
    hyperThreadingActive: typeof active === 'boolean' ? active : null,
    version:
      textAt(object, 'config', 'product', 'fullName') ?? textAt(summary, 'config', 'product', 'fullName'),
    biosDate: biosDate(textAt(object, 'hardware', 'biosInfo', 'releaseDate')),
    domain: joinedDomain(object),
    ...dnsDomain(object),
    ...adminsGroup(object),
  };
}

/** The domain the host is a member of, from its authentication stores. */
function joinedDomain(object: unknown): string | null {
  for (const store of listAt(object, 'config', 'authenticationManagerInfo', 'authConfig')) {
    if (property(store, 'enabled') === true) {
      const domain = textAt(store, 'joinedDomain');
      if (domain) return domain.toLowerCase();
    }
  }
  return null;
}

function dnsDomain(object: unknown): Pick<Host, 'dnsDomain'> {
  const name = textAt(object, 'config', 'network', 'dnsConfig', 'domainName')?.toLowerCase() ?? '';
  return name.includes('.') ? {dnsDomain: name} : {};
}

const ADMINS_GROUP = 'config.hostagent.plugins.hostsvc.esxadminsgroup';

/** The host's advanced settings on the domain group it makes administrators. */
function adminsGroup(object: unknown): Pick<Host, 'esxAdminsGroup'> {
  let group: string | null = null;
  let autoAdd: boolean | null = null;
  for (const option of listAt(object, 'config', 'option')) {
    const key = textAt(option, 'key')?.toLowerCase();
    const value = property(option, 'value');
    if (key === ADMINS_GROUP && typeof value === 'string') group = value;
    if (key === `${ADMINS_GROUP}autoadd`) autoAdd = value === true || value === 'true';
  }
  return group === null && autoAdd === null ? {} : {esxAdminsGroup: {group, autoAdd}};
}

function biosDate(text: string | null): string | null {
  const day = text?.slice(0, 10) ?? null;
  return day !== null && /^\d{4}-\d\d-\d\d$/.test(day) && day >= '1971-01-01' ? day : null;
}

/** A cluster or datacenter as a container. */
export function readContainer(
  object: unknown,
  type: string,
  context: ReadContext,
  containers: Map<string, Container>,
): void {
  const kind = type === 'ClusterComputeResource' ? 'cluster' : type === 'Datacenter' ? 'datacenter' : null;
  const moref = referenceAt(object, 'self')?.value;
  if (!kind || !moref) return;
  const id = `vmware:${context.vcenter}/${moref}`;
  const place = {file: context.file.display, id};
  const tags = readCustomValues(object, place, context.findings);
  containers.set(id, {...container(id, kind, textAt(object, 'name') ?? moref, context.top), tags});
}

/** A container of a vCenter. */
export function container(
  id: string,
  kind: Container['kind'],
  name: string,
  parent: string | null,
): Container {
  return {id, kind, name, cloud: 'vmware', parent, root: null, tags: {}};
}
