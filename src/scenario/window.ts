import type {Finding, Outcome} from '../model/common.ts';
import type {Credential} from '../model/identity-facts.ts';
import type {Scenario} from '../model/scenario.ts';

/** Days of a window, both inclusive, ISO 8601. */
export interface Window {
  from: string;
  to: string;
}

/** Reads `A..B` (YYYY-MM-DD, either side may be left out). */
export function parseWindow(text: string, today: string): Outcome<Window | null> {
  const [from = '', to = '', ...rest] = text.split('..').map((part) => part.trim());
  const fine = rest.length === 0 && text.includes('..') && isDay(from, true) && isDay(to, true);
  const window = {from: from || '0001-01-01', to: to || today};
  if (fine && (from !== '' || to !== '') && window.from <= window.to) return {value: window, findings: []};
  const finding: Finding = {
    code: 'BH-SCN-003',
    severity: 'high',
    message: `\`${text}\` is not a window`,
    where: {file: '--window'},
    remedy: 'Write it as 2023-05-15..2023-07-01, the earlier day first; one side may be left out.',
  };
  return {value: null, findings: [finding]};
}

function isDay(text: string, mayBeEmpty: boolean): boolean {
  if (text === '') return mayBeEmpty;
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

/** Why a credential cannot have been used in the window; null = it can. */
export function outsideWindow(credential: Credential, window: Window): string | null {
  const {created, expires} = credential;
  if (created !== null && created.slice(0, 10) > window.to)
    return `created ${created.slice(0, 10)}, after the window`;
  if (expires !== null && expires.slice(0, 10) < window.from)
    return `expired ${expires.slice(0, 10)}, before the window`;
  return null;
}

/** What the asked-for window means for the documented fault; null = they overlap or nothing is documented. */
export function windowNote({spec}: Scenario, window: Window): string | null {
  const fault = spec.window;
  if (!fault) return null;
  const begins = fault.from ?? '0000';
  const ends = fault.to ?? '9999';
  if (window.from.slice(0, ends.length) <= ends && window.to.slice(0, begins.length) >= begins) return null;
  const when = `${fault.from ?? '…'}..${fault.to ?? '…'}`;
  return `the documented fault could be used ${when}${fault.note ? ` (${fault.note})` : ''}: these verdicts say what the same class of fault would take`;
}
