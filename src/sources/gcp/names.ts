/** Full resource names, container names, and the two names every project has. */

const HIERARCHY = '//cloudresourcemanager.googleapis.com/';

/** `//cloudresourcemanager.googleapis.com/projects/1` or `projects/1` → container id; null for other resources. */
export function containerId(name: string | null): string | null {
  if (name === null) return null;
  const bare = name.startsWith(HIERARCHY) ? name.slice(HIERARCHY.length) : name;
  return /^(?:projects|folders|organizations)\/[^/]+$/.test(bare) ? `gcp:${bare}` : null;
}

/** Whether a container id names a project by its number, which never changes and is never reused. */
function isNumbered(id: string): boolean {
  return /^gcp:projects\/\d+$/.test(id);
}

/** The project a full resource name lies in, as written there (id or number); null when it names none. */
export function projectInName(name: string): string | null {
  const project = /^\/\/[^/]+\/(?:v\d+\/)?projects\/([^/]+)(?:\/|$)/.exec(name)?.[1];
  return project === undefined ? null : `gcp:projects/${project}`;
}

/** Last part of a resource name. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** `organizations/1` → the client-independent id of the organisation as trust root. */
export function organizationRoot(name: string | null): string | null {
  const number = /(?:^|\/|:)organizations\/(\d+)$/.exec(name ?? '')?.[1];
  return number === undefined ? null : `gcp-org:${number}`;
}

/**
 * Project id ↔ number, learned from everything a file says. The number is canonical; ids are aliases.
 * A pair that contradicts an earlier one is left out of the table: two names must not be joined on doubt.
 */
export interface ProjectNames {
  /** Canonical id of a project container; the id itself when its number is not known. */
  canonical(id: string): string;
  /** All pairs learned without contradiction. */
  pairs(): {byId: string; byNumber: string}[];
  learn(byId: string, byNumber: string): void;
  /** Ids that were seen with more than one number. */
  conflicts(): string[];
}

/** An empty table of project names. */
export function createProjectNames(): ProjectNames {
  const numbers = new Map<string, string>();
  const doubtful = new Set<string>();
  return {
    canonical: (id) => (doubtful.has(id) ? id : (numbers.get(id) ?? id)),
    pairs: () => [...numbers].flatMap(([byId, byNumber]) => (doubtful.has(byId) ? [] : [{byId, byNumber}])),
    learn(byId, byNumber) {
      if (isNumbered(byId) || !isNumbered(byNumber)) return;
      const known = numbers.get(byId);
      if (known === undefined) numbers.set(byId, byNumber);
      else if (known !== byNumber) doubtful.add(byId);
    },
    conflicts: () => [...doubtful].toSorted(),
  };
}
