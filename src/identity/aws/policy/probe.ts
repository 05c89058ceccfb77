/**
 * Probes: a name with a place that stands for "whatever it is called". Only a wildcard of an allow matches it, so an allow of a
 * probe is an allow of everything the probe stands for.
 */

const WILD = '\u0001any\u0001';

/** Stands for any text inside an action or ARN. */
export const ANY = WILD;

/** Every action of every service. */
export const ANY_ACTION = `${ANY}:${ANY}`;

/** Every resource. Not the same as `*`, which AWS uses for actions that have no resource. */
export const ANY_RESOURCE = WILD;

/** Every action of a service. */
export function anyActionOf(service: string): string {
  return `${service}:${ANY}`;
}

export function isProbe(text: string): boolean {
  return text.includes('\u0001');
}

/** The probe as a pattern. */
export function probePattern(text: string): string {
  return text.replaceAll(ANY, '*');
}
