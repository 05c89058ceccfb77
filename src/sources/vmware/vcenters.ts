import type {Container} from '../../model/estate.ts';

/** Segment of ids in a file that does not say which vCenter it is from. */
export const UNIDENTIFIED = 'unidentified';

/** The vCenters a file speaks of. Ids are VI SDK UUIDs where any row states one for a server, else server names. */
export interface Vcenters {
  /** Id segment for a row; blanks are filled when the file knows exactly one vCenter. */
  of(uuid: string | null, server: string | null): string;
  /** Native scopes: id segments of everything seen, without {@link UNIDENTIFIED}. */
  scopes(): string[];
  containers: ContainerBook;
}

/** Containers by id, created as rows name them. */
export interface ContainerBook {
  /** Id of the innermost container a row names. */
  at(vcenter: string, datacenter: string | null, cluster: string | null): string;
  byId: Map<string, Container>;
}

/**
 * @param stated pairs of VI SDK UUID and server as rows state them
 * @param hint vCenter named by the workspace, for files that state none
 */
export function createVcenters(
  stated: Iterable<{uuid: string | null; server: string | null}>,
  hint: string | undefined,
): Vcenters {
  const uuidOf = new Map<string, string>();
  const nameOf = new Map<string, string>();
  const seen = new Set<string>();
  const pairs = [...stated].map(({uuid, server}) => ({
    uuid: uuid?.toLowerCase() ?? null,
    server: server?.toLowerCase() ?? null,
  }));
  for (const {uuid, server} of pairs) {
    if (uuid && server) {
      uuidOf.set(server, uuid);
      nameOf.set(uuid, server);
    }
  }
  for (const {uuid, server} of pairs) {
    const id = uuid ?? (server ? (uuidOf.get(server) ?? server) : null);
    if (id) seen.add(id);
  }
  const only = seen.size === 1 ? [...seen][0] : undefined;
  const fallback = only ?? (seen.size === 0 && hint ? hint.toLowerCase() : UNIDENTIFIED);
  return {
    of(uuid, server) {
      if (uuid) return uuid.toLowerCase();
      if (server) return uuidOf.get(server.toLowerCase()) ?? server.toLowerCase();
      return fallback;
    },
    scopes: () => (seen.size > 0 ? [...seen].toSorted() : fallback === UNIDENTIFIED ? [] : [fallback]),
    containers: createContainerBook((vcenter) => nameOf.get(vcenter) ?? vcenterLabel(vcenter)),
  };
}

/** Shown name of a vCenter that is only known by its id segment. */
export function vcenterLabel(vcenter: string): string {
  return vcenter === UNIDENTIFIED ? 'unidentified vCenter' : vcenter;
}

/** @param vcenterName shown name of an id segment */
export function createContainerBook(vcenterName: (vcenter: string) => string): ContainerBook {
  const byId = new Map<string, Container>();
  const put = (id: string, kind: Container['kind'], name: string, parent: string | null): string => {
    if (!byId.has(id)) byId.set(id, {id, kind, name, cloud: 'vmware', parent, root: null, tags: {}});
    return id;
  };
  return {
    byId,
    at(vcenter, datacenter, cluster) {
      const top = put(`vmware:${vcenter}`, 'vcenter', vcenterName(vcenter), null);
      const middle = datacenter
        ? put(`vmware:${vcenter}/datacenter:${datacenter}`, 'datacenter', datacenter, top)
        : top;
      if (!cluster) return middle;
      return put(`vmware:${vcenter}/cluster:${datacenter ?? ''}/${cluster}`, 'cluster', cluster, middle);
    },
  };
}
