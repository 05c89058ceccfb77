import type {z} from 'zod';
import type {sealLevels, siteCriteria} from '../model/documents/site-criteria.ts';
import type {StatedCriteria, StatedSeal, Subcontractor} from '../model/site-criteria.ts';

type CriteriaSource = z.infer<typeof siteCriteria>;
type SealSource = z.infer<typeof sealLevels>;

/** Criteria as stated; what is not stated stays absent. */
export function toCriteria(source: CriteriaSource): StatedCriteria {
  const {subcontractors, ...rest} = source;
  return present({
    ...rest,
    ...(subcontractors
      ? {subcontractors: {...subcontractors, value: subcontractors.value.map(toSubcontractor)}}
      : {}),
  });
}

export function toSeal(source: SealSource): StatedSeal {
  return present(source);
}

function toSubcontractor(entry: {
  name: string;
  country?: string | null | undefined;
  service?: string | null | undefined;
  rank?: number | null | undefined;
}): Subcontractor {
  return {
    name: entry.name,
    country: entry.country ?? null,
    service: entry.service ?? null,
    rank: entry.rank ?? null,
  };
}

function present(entries: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).filter(([, entry]) => entry !== undefined));
}
