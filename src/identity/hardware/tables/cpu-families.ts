/** Flaws by which code on one thread of a core reads what ran on it before. */
export type Flaw = 'downfall' | 'l1tf';

/** What is known of a flaw, with the day its first microcode was published. */
export const FLAWS: Readonly<Record<Flaw, {cve: string; title: string; published: string}>> = {
  downfall: {cve: 'CVE-2022-40982', title: 'Downfall (gather data sampling)', published: '2023-08-08'},
  l1tf: {cve: 'CVE-2018-3646', title: 'L1 terminal fault', published: '2018-08-14'},
};

/** `depends` = some steppings of the family. */
export type Affected = 'yes' | 'no' | 'depends';

export interface CpuFamily {
  name: string;
  downfall: Affected;
  l1tf: Affected;
}

const family = (name: string, l1tf: Affected, downfall: Affected): CpuFamily => ({name, l1tf, downfall});

/** Families by key. L1TF: Nehalem to the first Coffee Lake; Downfall: Skylake to Tiger and Rocket Lake. */
export const FAMILIES = {
  core2: family('before Nehalem', 'no', 'no'),
  nehalem: family('Nehalem', 'yes', 'no'),
  westmere: family('Westmere', 'yes', 'no'),
  'sandy-bridge': family('Sandy Bridge', 'yes', 'no'),
  'ivy-bridge': family('Ivy Bridge', 'yes', 'no'),
  haswell: family('Haswell', 'yes', 'no'),
  broadwell: family('Broadwell', 'yes', 'no'),
  skylake: family('Skylake', 'yes', 'yes'),
  'kaby-lake': family('Kaby Lake', 'yes', 'yes'),
  'coffee-lake': family('Coffee Lake', 'yes', 'yes'),
  'coffee-lake-refresh': family('Coffee Lake Refresh', 'depends', 'yes'),
  'cascade-lake': family('Cascade Lake', 'no', 'yes'),
  'cooper-lake': family('Cooper Lake', 'no', 'yes'),
  'comet-lake': family('Comet Lake', 'no', 'yes'),
  'ice-lake': family('Ice Lake', 'no', 'yes'),
  'tiger-lake': family('Tiger Lake', 'no', 'yes'),
  'rocket-lake': family('Rocket Lake', 'no', 'yes'),
  'alder-lake': family('Alder Lake', 'no', 'no'),
  'raptor-lake': family('Raptor Lake', 'no', 'no'),
  'sapphire-rapids': family('Sapphire Rapids', 'no', 'no'),
  'emerald-rapids': family('Emerald Rapids', 'no', 'no'),
  'xeon-6': family('Xeon 6', 'no', 'no'),
  atom: family('Atom', 'no', 'no'),
  other: family('not an Intel core', 'no', 'no'),
} as const satisfies Record<string, CpuFamily>;

export type FamilyKey = keyof typeof FAMILIES;

/**
 * Model strings, first match wins. Groups are not used; what a number means is in the pattern. Written for the names that
 * CPUID gives (`Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz`), hypervisors and inventories shorten.
 */
export const MODELS: readonly [RegExp, FamilyKey][] = [
  [
    /\b(?:amd|epyc|ryzen|opteron|threadripper|ampere|altra|neoverse|graviton|arm|power\d+|apple|hygon)\b/i,
    'other',
  ],
  // Code names, as emulators write them.
  [/sapphire ?rapids/i, 'sapphire-rapids'],
  [/emerald ?rapids/i, 'emerald-rapids'],
  [/(?:granite ?rapids|sierra ?forest)/i, 'xeon-6'],
  [/cooper ?lake/i, 'cooper-lake'],
  [/cascade ?lake/i, 'cascade-lake'],
  [/ice ?lake/i, 'ice-lake'],
  [/sky ?lake/i, 'skylake'],
  [/broadwell/i, 'broadwell'],
  [/haswell/i, 'haswell'],
  [/ivy ?bridge/i, 'ivy-bridge'],
  [/sandy ?bridge/i, 'sandy-bridge'],
  [/westmere/i, 'westmere'],
  [/nehalem/i, 'nehalem'],
  // Xeon Scalable: the second digit is the generation; H and HL of the third were Cooper Lake.
  [/\b(?:bronze|silver|gold|platinum) \d1\d\d[a-z+]*\b/i, 'skylake'],
  [/\b(?:bronze|silver|gold|platinum) \d2\d\d[a-z+]*\b/i, 'cascade-lake'],
  [/\b(?:gold|platinum) \d3\d\dH[L]?\b/i, 'cooper-lake'],
  [/\b(?:bronze|silver|gold|platinum) \d3\d\d[a-z+]*\b/i, 'ice-lake'],
  [/\b(?:bronze|silver|gold|platinum) \d4\d\d[a-z+]*\b/i, 'sapphire-rapids'],
  [/\b(?:bronze|silver|gold|platinum) \d5\d\d[a-z+]*\b/i, 'emerald-rapids'],
  [/\bxeon(?:\(r\))?(?: 6)? 6[5-9]\d\d[PE]\b/i, 'xeon-6'],
  // Xeon E5 and E7 by version; E3 is one generation further per version.
  [/\bE[57]-\d{4}[a-z]* ?v4\b/i, 'broadwell'],
  [/\bE[57]-\d{4}[a-z]* ?v3\b/i, 'haswell'],
  [/\bE[57]-\d{4}[a-z]* ?v2\b/i, 'ivy-bridge'],
  [/\bE5-\d{4}[a-z]*\b/i, 'sandy-bridge'],
  [/\bE7-\d{4}[a-z]*\b/i, 'westmere'],
  [/\bE3-1\d{3}[a-z]* ?v6\b/i, 'kaby-lake'],
  [/\bE3-1\d{3}[a-z]* ?v5\b/i, 'skylake'],
  [/\bE3-1\d{3}[a-z]* ?v4\b/i, 'broadwell'],
  [/\bE3-1\d{3}[a-z]* ?v3\b/i, 'haswell'],
  [/\bE3-1\d{3}[a-z]* ?v2\b/i, 'ivy-bridge'],
  [/\bE3-1\d{3}[a-z]*\b/i, 'sandy-bridge'],
  [/\bE-21\d\d[a-z]*\b/i, 'coffee-lake'],
  [/\bE-22\d\d[a-z]*\b/i, 'coffee-lake-refresh'],
  [/\bE-23\d\d[a-z]*\b/i, 'rocket-lake'],
  [/\bE-24\d\d[a-z]*\b/i, 'raptor-lake'],
  [/\bD-1[56]\d\d[a-z]*\b/i, 'broadwell'],
  [/\bD-21\d\d[a-z]*\b/i, 'skylake'],
  [/\bD-[12][789]\d\d[a-z]*\b/i, 'ice-lake'],
  [/\bW-[23]1\d\d[a-z]*\b/i, 'skylake'],
  [/\bW-[23]2\d\d[a-z]*\b/i, 'cascade-lake'],
  [/\bW-33\d\d[a-z]*\b/i, 'ice-lake'],
  [/\bW-12\d\d[a-z]*\b/i, 'comet-lake'],
  [/\bW-13\d\d[a-z]*\b/i, 'rocket-lake'],
  [/\bw[3579]-[23][45]\d\d[a-z]*\b/i, 'sapphire-rapids'],
  [/\b[XELW]56\d\d\b/i, 'westmere'],
  [/\b[XELW](?:55|65|75)\d\d\b/i, 'nehalem'],
  [/\b[XEL](?:51|52|53|54|73|74)\d\d\b/i, 'core2'],
  // Core: high-end desktop numbers run one generation ahead of their core.
  [/\bi7-(?:6[89]|69)\d\d[a-z]*\b/i, 'broadwell'],
  [/\bi7-58\d\d[a-z]*\b/i, 'haswell'],
  [/\bi[79]-(?:78|79|98|99)\d\dXE?\b/i, 'skylake'],
  [/\bi9-109\d\dXE?\b/i, 'cascade-lake'],
  [/\bi[3579]-10\d{2}G\d\b/i, 'ice-lake'],
  [/\bi[3579]-1[34]\d{3}[a-z]*\b/i, 'raptor-lake'],
  [/\bi[3579]-12\d{3}[a-z]*\b/i, 'alder-lake'],
  [/\bi[3579]-11\d{2}G\d\b/i, 'tiger-lake'],
  [/\bi[3579]-11\d{3}[a-z]*\b/i, 'rocket-lake'],
  [/\bi[3579]-10\d{3}[a-z]*\b/i, 'comet-lake'],
  [/\bi[3579]-9\d{3}[a-z]*\b/i, 'coffee-lake-refresh'],
  [/\bi[3579]-8\d{3}[a-z]*\b/i, 'coffee-lake'],
  [/\bi[3579]-7\d{3}[a-z]*\b/i, 'kaby-lake'],
  [/\bi[3579]-6\d{3}[a-z]*\b/i, 'skylake'],
  [/\bi[3579]-5\d{3}[a-z]*\b/i, 'broadwell'],
  [/\bi[3579]-4\d{3}[a-z]*\b/i, 'haswell'],
  [/\bi[3579]-3\d{3}[a-z]*\b/i, 'ivy-bridge'],
  [/\bi[3579]-2\d{3}[a-z]*\b/i, 'sandy-bridge'],
  [/\bi[357][ -]\d{3}[a-z]*\b/i, 'nehalem'],
  [/\batom\b/i, 'atom'],
];
