import type {Estate} from '../../model/estate.ts';
import type {SensitivityResult} from '../../model/sensitivity.ts';
import type {Site} from '../../model/site.ts';
import type {RiskFactors} from './parameters.ts';
import {counted} from './tell.ts';
import type {Measured} from './tell.ts';

const WORDS = ['no', 'normal', 'high', 'very high'] as const;

/** Workloads open to the internet whose need is above the threshold. */
export function measureExposure(
  estate: Estate,
  {workloads}: SensitivityResult,
  {factors}: RiskFactors,
): Measured[] {
  const limit = factors.exposedNeed.threshold.value;
  return estate.workloads.flatMap(({id, name, internetExposed}, i) => {
    const need = workloads[i];
    if (internetExposed?.value !== true || need === undefined) return [];
    const known = [need.c.level, need.i.level, need.a.level].filter((level) => level !== null);
    const level = Math.max(-1, ...known);
    if (level <= limit) return [];
    return [
      {
        about: id,
        says: `${name} can be reached from the internet and has ${WORDS[level] ?? level} need for protection (level ${level})`,
        evidence: internetExposed.field,
        ...(level >= 3 ? {severity: 'high' as const} : {}),
      },
    ];
  });
}

/** Workloads with secrets in their settings, by the names of the settings. */
export function measurePlainSecrets(estate: Estate, {factors}: RiskFactors): Measured[] {
  return estate.workloads.flatMap(({id, name, attributes}) => {
    const stated = attributes['plainSecrets'];
    if (typeof stated !== 'string') return [];
    const more = /, and (\d+) more$/.exec(stated);
    const count = stated.split(', ').length - (more ? 1 : 0) + Number(more?.[1] ?? 0);
    if (count <= factors.plainSecret.threshold.value) return [];
    return [
      {
        about: id,
        says: `${name} holds a secret outside a vault in ${counted(count, 'settings')}`,
        evidence: stated,
      },
    ];
  });
}

/**
 * Sites that keep logs shorter than the threshold, or do not say.
 * @param days the workspace's own threshold wins over the document's
 */
export function measureLogRetention(
  sites: readonly Site[],
  used: ReadonlySet<number>,
  days: number,
): Measured[] {
  return sites.flatMap(({id, name, receives, logRetentionDays}, i): Measured[] => {
    if (!receives && !used.has(i)) return [];
    if (logRetentionDays === null)
      return [
        {
          about: id,
          says: `site ${name} does not say how long it keeps logs`,
          evidence: 'logRetentionDays not stated',
          severity: 'low',
        },
      ];
    if (logRetentionDays >= days) return [];
    return [
      {
        about: id,
        says: `site ${name} keeps logs for ${counted(logRetentionDays, 'days')}`,
        evidence: `logRetentionDays = ${logRetentionDays}`,
      },
    ];
  });
}
