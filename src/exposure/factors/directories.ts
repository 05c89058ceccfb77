import type {Estate} from '../../model/estate.ts';
import type {RiskFactors} from './parameters.ts';
import {counted, daysBetween} from './tell.ts';
import type {Measured} from './tell.ts';

/** Keys that sign the tickets of a directory, by the day they were last changed as declared. */
export function measureTicketKeys({identity}: Estate, {factors}: RiskFactors, now: string): Measured[] {
  return identity.flatMap(({adDomains}) =>
    adDomains.flatMap(({fqdn, krbtgtRotated}): Measured[] => {
      const age = daysBetween(krbtgtRotated ?? null, now);
      if (age === null || age <= factors.signingKeyAge.threshold.value) return [];
      return [
        {
          about: `ad:${fqdn}`,
          says: `the krbtgt key, which signs every ticket of ${fqdn}, is ${counted(age, 'days')} old`,
          evidence: `krbtgtRotated = ${krbtgtRotated}`,
        },
      ];
    }),
  );
}
