import type {Level} from '../model/common.ts';
import type {Axis, SensitivityValue} from '../model/sensitivity.ts';
import type {PolicyContext} from './context.ts';

/** Reads one field of one workload; null or undefined = missing. Need axes are not read here, see `worlds.ts`. */
export type Reader = (context: PolicyContext, workload: number) => unknown;

const attribute =
  (name: string, type: 'boolean' | 'string'): Reader =>
  (context, w) => {
    const value = context.estate.workloads[w]!.attributes[name];
    return typeof value === type ? value : undefined;
  };

/** Readers by path below `workload`; every scalar or list field of the catalogue has one. */
export const WORKLOAD_READERS: Readonly<Record<string, Reader>> = {
  id: ({estate}, w) => estate.workloads[w]!.id,
  name: ({estate}, w) => estate.workloads[w]!.name,
  type: ({estate}, w) => estate.workloads[w]!.type,
  nativeType: ({estate}, w) => estate.workloads[w]!.nativeType,
  cloud: ({estate}, w) => estate.workloads[w]!.cloud,
  region: ({estate}, w) => estate.workloads[w]!.region,
  state: ({estate}, w) => (estate.workloads[w]!.state === 'unknown' ? null : estate.workloads[w]!.state),
  tags: ({estate}, w) => estate.workloads[w]!.tags,
  environment: ({estate}, w) => environmentOf(estate.workloads[w]!.tags),
  application: ({estate}, w) => estate.workloads[w]!.application,
  container: ({estate}, w) => estate.workloads[w]!.container,
  vcpu: ({estate}, w) => estate.workloads[w]!.vcpu,
  memoryMiB: ({estate}, w) => estate.workloads[w]!.memoryMiB,
  storageMiB: ({estate}, w) => estate.workloads[w]!.storageMiB,
  os: ({estate}, w) => estate.workloads[w]!.os,
  internetExposed: ({estate}, w) => estate.workloads[w]!.internetExposed?.value,
  identities: ({estate}, w) => estate.workloads[w]!.identities,
  encryptedAtRest: attribute('encryptedAtRest', 'boolean'),
  kmsKey: attribute('kmsKey', 'string'),
  rawDeviceMapping: attribute('rawDeviceMapping', 'boolean'),
  usbPassthrough: attribute('usbPassthrough', 'boolean'),
  pciPassthrough: attribute('pciPassthrough', 'boolean'),
  sharedDisk: attribute('sharedDisk', 'boolean'),
  // No category found is no proof that there is none.
  categories: ({sensitivity}, w) => {
    const categories = sensitivity.workloads[w]?.categories ?? [];
    return categories.length > 0 ? categories : null;
  },
  criticality: ({sensitivity}, w) => sensitivity.workloads[w]?.criticality,
  'blast.value': ({exposure}, w) => exposure?.workloads[w]?.sibr.value,
  'blast.lo': ({exposure}, w) => exposure?.workloads[w]?.sibr.lo,
  'blast.hi': ({exposure}, w) => exposure?.workloads[w]?.sibr.hi,
  topRoot: ({exposure}, w) => exposure?.workloads[w]?.topRoot,
  function: ({registerOf}, w) => registerOf(w)?.function,
  owner: ({registerOf}, w) => registerOf(w)?.owner,
  rtoHours: ({registerOf}, w) => registerOf(w)?.rtoHours,
  rpoHours: ({registerOf}, w) => registerOf(w)?.rpoHours,
  exitPlan: ({registerOf}, w) => registerOf(w)?.exitPlan,
  critical: ({registerOf}, w) => registerOf(w)?.critical,
  substitutability: ({registerOf}, w) => registerOf(w)?.substitutability,
  needStated: (context, w) => Object.values(NEED_AXES).every((axis) => isStated(needOf(context, w, axis))),
  controlsCardholder: ({cardholder}, w) => cardholder?.controls(w),
  exchangesCardholder: ({cardholder}, w) => cardholder?.exchanges(w),
};

/** Value of one leaf field of a workload; null or undefined = missing. */
export function readWorkload(context: PolicyContext, path: string, workload: number): unknown {
  return context.given
    ? context.given.workloads[workload]![path]
    : WORKLOAD_READERS[path]!(context, workload);
}

/** Paths below `workload` whose value is a need for protection. */
export const NEED_AXES: Readonly<Record<string, Axis>> = {
  'sensitivity.c': 'c',
  'sensitivity.i': 'i',
  'sensitivity.a': 'a',
};

const UNKNOWN_NEED: SensitivityValue = {level: null, lo: 0, hi: 3, confidence: 0};

/** Need of a workload on one axis; wholly unknown where the sensitivity stage has nothing. */
export function needOf(context: PolicyContext, workload: number, axis: Axis): SensitivityValue {
  return context.sensitivity.workloads[workload]?.[axis] ?? UNKNOWN_NEED;
}

/**
 * Whether a need is stated, by a decision, a governed tag or somebody whose stated need it takes over. What names and
 * types merely suggest is planned at the suspected level but may be lower or higher.
 */
export function isStated({level, lo}: SensitivityValue): boolean {
  return level !== null && level <= lo;
}

/** Levels a need can have: the stated one, or everything in its interval. */
export function possibleLevels(need: SensitivityValue): Level[] {
  const {level, lo, hi} = need;
  if (level !== null && isStated(need)) return [level];
  return ([0, 1, 2, 3] as const).filter((candidate) => candidate >= lo && candidate <= hi);
}

const ENVIRONMENT_TAGS = ['environment', 'env', 'stage', 'umgebung'];

const ENVIRONMENT_WORDS: Readonly<Record<string, string>> = {
  prod: 'production',
  prd: 'production',
  production: 'production',
  produktion: 'production',
  produktiv: 'production',
  live: 'production',
  stage: 'staging',
  staging: 'staging',
  preprod: 'staging',
  'pre-prod': 'staging',
  abnahme: 'staging',
  test: 'test',
  tst: 'test',
  qa: 'test',
  uat: 'test',
  dev: 'development',
  development: 'development',
  entwicklung: 'development',
  sandbox: 'development',
};

/** Environment a tag names, in one vocabulary; null when no tag says or its value is not known. */
export function environmentOf(tags: Readonly<Record<string, string>>): string | null {
  let found: string | null = null;
  let rank = ENVIRONMENT_TAGS.length;
  for (const key of Object.keys(tags)) {
    // No environment tag is longer; most keys are settled by their length.
    if (key.length > 11) continue;
    const at = ENVIRONMENT_TAGS.indexOf(key.toLowerCase());
    if (at < 0 || at >= rank) continue;
    const word = tags[key]!.trim().toLowerCase();
    if (!Object.hasOwn(ENVIRONMENT_WORDS, word)) continue;
    found = ENVIRONMENT_WORDS[word]!;
    rank = at;
  }
  return found;
}
