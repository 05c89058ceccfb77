/**
 * Rows of a small comma-separated text inside another file, each as fields by header name. Quoted fields may hold commas
 * and doubled quotes. Rows of another width than the header are left to the caller as null.
 */
export function rowsOfCsv(text: string): {header: string[]; rows: (Record<string, string> | null)[]} {
  const [first = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const header = fieldsOf(first).map((name) => name.trim());
  const rows = lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const fields = fieldsOf(line);
      if (fields.length !== header.length) return null;
      return Object.fromEntries(header.map((name, i) => [name, fields[i] ?? '']));
    });
  return {header, rows};
}

function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] !== '"') {
      const end = line.indexOf(',', at);
      fields.push(line.slice(at, end < 0 ? line.length : end));
      if (end < 0) return fields;
      at = end + 1;
      continue;
    }
    let text = '';
    let from = at + 1;
    for (;;) {
      const quote = line.indexOf('"', from);
      if (quote < 0) return [...fields, text + line.slice(from)];
      text += line.slice(from, quote);
      if (line[quote + 1] !== '"') {
        at = quote + 1;
        break;
      }
      text += '"';
      from = quote + 2;
    }
    fields.push(text);
    if (line[at] !== ',') return fields;
    at += 1;
  }
  return fields;
}
