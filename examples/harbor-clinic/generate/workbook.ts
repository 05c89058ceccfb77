import {zip} from './zip.ts';

/** A cell; `null` and `undefined` are left out of the sheet, as RVTools does. Dates are {@link serial} numbers. */
export type CellValue = string | number | null | undefined;

export interface Sheet {
  name: string;
  header: readonly string[];
  rows: CellValue[][];
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** An .xlsx file with shared strings; the same sheets always give the same bytes. */
export function workbook(sheets: Sheet[]): Uint8Array {
  const strings = new Map<string, number>();
  const bodies = sheets.map((sheet) => sheetXml(sheet, strings));
  const ids = sheets.map((_, index) => index + 1);
  const part = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const override = (path: string, type: string): string =>
    `<Override PartName="/xl/${path}.xml" ContentType="${part}.${type}+xml"/>`;
  return zip([
    {
      name: '[Content_Types].xml',
      text:
        `${XML}<Types xmlns="${PACKAGE}/content-types">` +
        `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/>` +
        override('workbook', 'sheet.main') +
        ids.map((id) => override(`worksheets/sheet${id}`, 'worksheet')).join('') +
        override('styles', 'styles') +
        override('sharedStrings', 'sharedStrings') +
        '</Types>',
    },
    {
      name: '_rels/.rels',
      text:
        `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
        `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      text:
        `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
        sheets
          .map(
            ({name}, index) =>
              `<sheet name="${escape(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
          )
          .join('') +
        '</sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text:
        `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
        ids.map((id) => relationship(id, 'worksheet', `worksheets/sheet${id}.xml`)).join('') +
        relationship(ids.length + 1, 'styles', 'styles.xml') +
        relationship(ids.length + 2, 'sharedStrings', 'sharedStrings.xml') +
        '</Relationships>',
    },
    ...bodies.map((text, index) => ({name: `xl/worksheets/sheet${index + 1}.xml`, text})),
    {
      name: 'xl/styles.xml',
      text:
        `${XML}<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>` +
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
        '<cellXfs count="1"><xf/></cellXfs></styleSheet>',
    },
    {
      name: 'xl/sharedStrings.xml',
      text:
        `${XML}<sst xmlns="${MAIN}" uniqueCount="${strings.size}">` +
        [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escape(text)}</t></si>`).join('') +
        '</sst>',
    },
  ]);
}

/** Excel serial number of a UTC date-time, e.g. `2026-10-05T08:30:00Z`. */
export function serial(iso: string): number {
  return Math.round((Date.parse(iso) / 86_400_000 + 25_569) * 1e5) / 1e5;
}

function sheetXml(sheet: Sheet, strings: Map<string, number>): string {
  const rows = [[...sheet.header], ...sheet.rows].map((cells, index) => {
    const row = index + 1;
    const xml = cells.map((value, column) => cellXml(value, `${letters(column)}${row}`, strings)).join('');
    return `<row r="${row}">${xml}</row>`;
  });
  return `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

function cellXml(value: CellValue, reference: string, strings: Map<string, number>): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
  const index = strings.get(value) ?? strings.size;
  strings.set(value, index);
  return `<c r="${reference}" t="s"><v>${index}</v></c>`;
}

function relationship(id: number, type: string, target: string): string {
  return `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
}

function letters(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return (rest >= 0 ? letters(rest) : '') + String.fromCodePoint(65 + (column % 26));
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
