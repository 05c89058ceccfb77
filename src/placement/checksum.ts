import {jsonText} from '../document/json-text.ts';
import type {PlanRun} from '../model/plan.ts';

/** The parts of a plan its checksum covers: all that the placement stage computed. */
const COVERED = [
  'sites',
  'decisions',
  'residual',
  'cutFirst',
  'combined',
  'summary',
  'optimality',
  'problem',
  'labels',
  'certificate',
  'unitMembers',
  'limits',
  'migration',
  'siteChoice',
  'tradeoffs',
  'waves',
] as const satisfies (keyof PlanRun)[];

/**
 * Checksum of what the placement stage computed, 16 hexadecimal digits: two FNV-1a hashes (draft-eastlake-fnv) of different
 * offset over the JSON text of the parts. It finds numbers that were changed by accident; it is no signature.
 */
export function checksum(plan: Partial<Record<(typeof COVERED)[number], unknown>>): string {
  let a = 0x811c9dc5;
  let b = 0x050c5d1f;
  let at = 0;
  const covered = Object.fromEntries(
    COVERED.flatMap((part) => (plan[part] === undefined ? [] : [[part, plan[part]]])),
  );
  for (const piece of jsonText(covered)) {
    for (let i = 0; i < piece.length; i++) {
      const code = piece.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ (code + at), 0x01000193);
      // Modulo 2^32, which is all that counts: the text of a million decisions is longer than an integer the engine is fast with.
      at = (at + 1) | 0;
    }
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
