import type {Cell} from '../model/decoded.ts';

/** Reading cells of inventory tables, whatever locale wrote them. Everything unreadable is null, never 0. */

const TRUE = new Set(['true', 'yes', 'ja', 'wahr', 'vrai', 'oui', 'verdadero', 'vero', '1']);
const FALSE = new Set(['false', 'no', 'nein', 'falsch', 'faux', 'non', 'falso', '0']);

/** Trimmed text; null for blank cells. */
export function cellText(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  const text = (typeof cell === 'string' ? cell : String(cell)).trim();
  return text === '' ? null : text;
}

/** Real and text booleans: True/False, WAHR/FALSCH, yes/no, 1/0. */
export function cellBoolean(cell: Cell | undefined): boolean | null {
  if (typeof cell === 'boolean') return cell;
  const text = cellText(cell)?.toLowerCase();
  if (text === undefined) return null;
  return TRUE.has(text) ? true : FALSE.has(text) ? false : null;
}

/**
 * A number in any of the spellings exports use: `1024`, `1,024`, `1.024`, `1 024`, `2048,5`, `1.024,50`. A single
 * separator followed by exactly three digits groups thousands: sizes in these files are whole MiB.
 */
export function cellNumber(cell: Cell | undefined): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  const text = cellText(typeof cell === 'boolean' ? null : cell)?.replaceAll(/[\s\u00a0\u202f']/g, '');
  if (text === undefined || !/^[+-]?\d[\d.,]*$/.test(text)) return null;
  const comma = text.lastIndexOf(',');
  const dot = text.lastIndexOf('.');
  const decimal =
    comma >= 0 && dot >= 0 ? (comma > dot ? ',' : '.') : grouped(text) ? '' : comma >= 0 ? ',' : '.';
  const plain = text.replaceAll(/[.,]/g, (sign) => (sign === decimal ? '.' : ''));
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** One kind of separator only, each followed by three digits. */
function grouped(text: string): boolean {
  return /^[+-]?\d{1,3}(?:,\d{3})+$/.test(text) || /^[+-]?\d{1,3}(?:\.\d{3})+$/.test(text);
}

/**
 * Calendar day `YYYY-MM-DD` of an Excel serial number or a text date; null for unset. vSphere and Excel write 1601,
 * 1899, 1969 or 1970 for "never set".
 */
export function cellDate(cell: Cell | undefined): string | null {
  const day = typeof cell === 'number' ? serialDay(cell) : textDay(cellText(cell) ?? '');
  return day === null || day < '1971-01-01' ? null : day;
}

function serialDay(serial: number): string | null {
  if (!Number.isFinite(serial) || serial <= 0 || serial > 200_000) return null;
  return new Date(Math.round((Math.floor(serial) - 25_569) * 86_400_000)).toISOString().slice(0, 10);
}

function textDay(text: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(text);
  if (iso) return day(iso[1], iso[2], iso[3]);
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})/.exec(text);
  if (german) return day(german[3], german[2], german[1]);
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text);
  if (!american) return null;
  // 13/02/2024 can only be day first; 03/02/2024 is read month first, as the exporting tool's own locale does.
  return Number(american[1]) > 12
    ? day(american[3], american[2], american[1])
    : day(american[3], american[1], american[2]);
}

function day(year = '', month = '', date = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return Number.isNaN(Date.parse(text)) ? null : text;
}
