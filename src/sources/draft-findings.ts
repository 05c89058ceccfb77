import type {Finding, Place} from '../model/common.ts';

/** Finding codes of the cloud exports. */
export const CODES = {
  incomplete: 'BH-SRC-201',
  duplicate: 'BH-SRC-202',
  collision: 'BH-SRC-203',
  unknownType: 'BH-SRC-204',
  secret: 'BH-SRC-205',
  scopeUnknown: 'BH-SRC-206',
  rejected: 'BH-SRC-207',
  tenantUnknown: 'BH-SRC-208',
  notActive: 'BH-SRC-209',
  aliasConflict: 'BH-SRC-210',
  policyUnreadable: 'BH-SRC-211',
  policyMissing: 'BH-SRC-212',
} as const;

/** How often something occurred, and the first few places. */
export interface Spots {
  count: number;
  pointers: string[];
}

/** Two different records under one id. */
export interface Collision {
  id: string;
  first: string;
  second: string;
}

type Placer = (pointer: string, id?: string) => Place;

/** Collisions told one by one before the rest is summed up. */
const COLLISIONS_TOLD = 20;

/** One finding per reason the file is known to be cut short. */
export function findIncomplete(
  reasons: {evidence: string; remedy: string; pointer: string}[],
  api: string,
  place: Placer,
): Finding[] {
  return reasons.map(({evidence, remedy, pointer}) => ({
    code: CODES.incomplete,
    severity: 'high',
    message: `The export is incomplete: ${evidence}. What is missing from ${api} is unknown, not gone.`,
    where: place(pointer),
    remedy,
    partial: true,
  }));
}

/** One finding per reason rows were rejected for, with the first places. */
export function findRejects(rejects: Map<string, Spots>, place: Placer): Finding[] {
  return [...rejects].map(([reason, spots]) => ({
    code: CODES.rejected,
    severity: 'low',
    message: `${countOf(spots.count, 'row')} could not be used: ${reason} (${some(spots)}).`,
    where: place(spots.pointers[0] ?? ''),
    remedy: 'Check these rows at the source, or export again without changing the output by hand.',
  }));
}

/** Repeated records: one finding for all identical ones, one per id with differing content. */
export function findDuplicates(same: Spots, collisions: Collision[], place: Placer): Finding[] {
  const findings: Finding[] = [];
  if (same.count > 0) {
    findings.push({
      code: CODES.duplicate,
      severity: 'info',
      message: `${countOf(same.count, 'row')} repeat an earlier record word for word and count once (${some(same)}).`,
      where: place(same.pointers[0] ?? ''),
      remedy: 'Nothing to do; if it surprises you, check whether pages of an export were joined twice.',
    });
  }
  for (const {id, first, second} of collisions.slice(0, COLLISIONS_TOLD)) {
    findings.push({
      code: CODES.collision,
      severity: 'medium',
      message: `Two different records share the id ${id}: ${first} is used, ${second} is not.`,
      where: place(second, id),
      remedy: 'Export again in one go, so that each resource appears once, or remove the outdated record.',
    });
  }
  const rest = collisions.slice(COLLISIONS_TOLD);
  if (rest.length > 0) {
    findings.push({
      code: CODES.collision,
      severity: 'medium',
      message: `${countOf(rest.length, 'further record')} share an id with a different earlier record and are not used.`,
      where: place(rest[0]?.second ?? '', rest[0]?.id),
      remedy: 'Export again in one go, so that each resource appears once.',
    });
  }
  return findings;
}

/** One finding for all withheld credentials; the text itself is never repeated. */
export function findSecrets(secrets: Spots, place: Placer): Finding[] {
  if (secrets.count === 0) return [];
  return [
    {
      code: CODES.secret,
      severity: 'medium',
      message: `${countOf(secrets.count, 'text')} looked like a credential and was left out (${some(secrets)}).`,
      where: place((secrets.pointers[0] ?? '').replace(/ \(.*$/, '')),
      remedy:
        'Remove the credential at the source and renew it: everybody who can list resources can read it.',
    },
  ];
}

/** One finding that lists the resource types the tables do not know, so that nothing stays hidden. */
export function findUnknownTypes(types: Map<string, Spots>, place: Placer): Finding[] {
  if (types.size === 0) return [];
  const named = [...types].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const told = named.slice(0, 40).map(([type, spots]) => `${type} ${spots.count}`);
  const more = named.length > told.length ? ` and ${named.length - told.length} more types` : '';
  return [
    {
      code: CODES.unknownType,
      severity: 'info',
      message: `Resource types without an entry in the type table: ${told.join(', ')}${more}.`,
      where: place(named[0]?.[1].pointers[0] ?? ''),
      remedy:
        'Read the ledger to see whether they count as workloads of type other; report types that should be known.',
    },
  ];
}

function some(spots: Spots): string {
  const more = spots.count > spots.pointers.length ? ` and ${spots.count - spots.pointers.length} more` : '';
  return `${spots.pointers.join(', ')}${more}`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
