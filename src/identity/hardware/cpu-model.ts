import {FAMILIES, type CpuFamily, MODELS} from './tables/cpu-families.ts';

/** Family of a processor by its model string; null = a name we do not know. */
export function cpuFamily(model: string): CpuFamily | null {
  // CPUID names carry marks and runs of spaces: `Intel(R) Xeon(R) CPU           E5-2680 v4 @ 2.40GHz`.
  const plain = model
    .replaceAll(/\((?:r|tm|c)\)|®|™/gi, '')
    .replaceAll(/\b(?:cpu|processor)\b/gi, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const known = MODELS.find(([pattern]) => pattern.test(plain));
  return known ? FAMILIES[known[1]] : null;
}

/** Sizes that never run on an affected Intel core, by provider: other makers, other architectures, newer generations. */
const UNAFFECTED: Readonly<Record<string, readonly RegExp[]>> = {
  // Graviton (`m7g`), AMD (`m6a`), seventh generation Intel and later (`m7i`), Macs.
  aws: [/^[a-z]+\d+g[a-z]*\./i, /^[a-z]+\d+a[a-z]*\./i, /^[a-z]+-?[789]i[a-z-]*\./i, /^mac/i],
  // ARM (`Dpsv5`), AMD (`Dasv5`), sixth version and later.
  azure: [/_[a-z]+\d+(?:-\d+)?[a-z]*p[a-z]*_v\d/i, /_[a-z]+\d+(?:-\d+)?a[a-z]*_v\d/i, /_v[6-9]$/i],
  // ARM (`t2a`, `c4a`), AMD (`n2d`, `t2d`), Sapphire Rapids and later (`c3`, `c4`, `n4`).
  gcp: [/^(?:t2a|c4a|n4a)-/i, /^(?:n2d|t2d|c2d|c3d|c4d|n4d)-/i, /^(?:c3|c4|n4|h3|x4)-/i],
};

/** Sizes that have a machine for themselves. */
const ISOLATED: Readonly<Record<string, readonly RegExp[]>> = {
  aws: [/\.metal/i],
  azure: [/^(?:standard_)?[a-z]+\d+(?:-\d+)?[a-z]*i[a-z]*_v\d/i],
  gcp: [/-metal/i],
};

export function unaffectedSize(cloud: string, size: string): boolean {
  return (UNAFFECTED[cloud] ?? []).some((pattern) => pattern.test(size));
}

export function isolatedSize(cloud: string, size: string): boolean {
  return (ISOLATED[cloud] ?? []).some((pattern) => pattern.test(size));
}
