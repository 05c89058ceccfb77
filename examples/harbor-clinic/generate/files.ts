/** One generated file: path relative to the workspace folder, and its exact bytes. */
export interface GeneratedFile {
  path: string;
  bytes: Uint8Array;
}

/** JSON as the command line tools print it: two-space indent, one newline at the end. */
export function jsonFile(path: string, value: unknown, indent = 2): GeneratedFile {
  return {path, bytes: new TextEncoder().encode(`${JSON.stringify(value, null, indent)}\n`)};
}

/** An answer of Microsoft Graph: a list in its envelope, which says what it holds. */
export function graphFile(path: string, entity: string, value: unknown[]): GeneratedFile {
  return jsonFile(path, {'@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${entity}`, value});
}
