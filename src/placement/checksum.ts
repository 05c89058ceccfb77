import type {PlanRun} from '../model/plan.ts';

/** The parts of a plan its checksum covers: all that the placement stage computed. */
const COVERED = [
  'sites',
  'decisions',
  'residual',
  'cutFirst',
  'summary',
  'optimality',
  'problem',
  'labels',
  'certificate',
  'unitMembers',
] as const satisfies (keyof PlanRun)[];

const SLICE = 1000;

/**
 * Checksum of what the placement stage computed, 16 hexadecimal digits: two FNV-1a hashes (draft-eastlake-fnv) of different
 * offset over the JSON text of the parts. It finds numbers that were changed by accident; it is no signature.
 */
export function checksum(plan: Partial<Record<(typeof COVERED)[number], unknown>>): string {
  let a = 0x811c9dc5;
  let b = 0x050c5d1f;
  const feed = (text: string): void => {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ (code + i), 0x01000193);
    }
  };
  for (const part of COVERED) {
    feed(part);
    const value: unknown = plan[part];
    if (!Array.isArray(value)) feed(JSON.stringify(value) ?? '');
    // In slices: the text of all decisions may be longer than a string can be.
    else for (let i = 0; i < value.length; i += SLICE) feed(JSON.stringify(value.slice(i, i + SLICE)));
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
