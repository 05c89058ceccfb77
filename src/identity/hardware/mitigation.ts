import type {Certainty} from '../../model/common.ts';
import type {CpuAttestation} from '../../model/identity-sections.ts';
import {type Affected, FLAWS, type Flaw} from './tables/cpu-families.ts';

/** What is known against a flaw on one machine or fleet. Null = nobody says. */
export interface Mitigation {
  microcode: boolean | null;
  smtSharing: boolean | null;
  /** Who says so, for the evidence. */
  said: string[];
}

/**
 * Whether a flaw is open: null = closed.
 *
 * | microcode | threads shared | edge |
 * |---|---|---|
 * | attested | attested not to be | none |
 * | stated missing | any | certain |
 * | anything else | anything else | conditional |
 *
 * A family where it depends on the stepping is never certain.
 */
export function openFlaw(affected: Affected, {microcode, smtSharing}: Mitigation): Certainty | null {
  if (affected === 'no') return null;
  if (microcode === true && smtSharing === false) return null;
  return microcode === false && affected === 'yes' ? 'certain' : 'conditional';
}

/** Joins statements about one flaw. Of contradicting ones the one that leaves it open counts. */
export function mitigationOf(
  flaw: Flaw,
  statements: readonly CpuAttestation[],
  hyperThreading: boolean | null,
): Mitigation {
  const fitting = statements.filter(({flaws}) => flaws.length === 0 || flaws.includes(flaw));
  const microcode = fitting.map(({microcode: value}) =>
    typeof value === 'string' ? value >= FLAWS[flaw].published : value,
  );
  const sharing = fitting.map(({smtSharing}) => smtSharing);
  // Without hyper-threading no two machines share a core at a time.
  if (hyperThreading === false) sharing.push(false);
  return {
    microcode: microcode.includes(false) ? false : microcode.includes(true) ? true : null,
    smtSharing: sharing.includes(true) ? true : sharing.includes(false) ? false : null,
    said: fitting.map(({source, date}) => [source ?? 'declared', date ?? ''].filter(Boolean).join(', ')),
  };
}

/** `microcode = attested, threads shared = not stated (audit, 2026-03-01)`. */
export function mitigationText({microcode, smtSharing, said}: Mitigation): string {
  const by = said.length > 0 ? ` (${[...new Set(said)].sort().join('; ')})` : '';
  const first = microcode === null ? 'not stated' : microcode ? 'attested' : 'missing';
  const second = smtSharing === null ? 'not stated' : smtSharing ? 'yes' : 'no';
  return `microcode = ${first}, threads of a core shared = ${second}${by}`;
}
