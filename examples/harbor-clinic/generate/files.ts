/** One generated file: path relative to the workspace folder, and its exact bytes. */
export interface GeneratedFile {
  path: string;
  bytes: Uint8Array;
}

/** JSON as the command line tools print it: two-space indent, one newline at the end. */
export function jsonFile(path: string, value: unknown, indent = 2): GeneratedFile {
  return {path, bytes: new TextEncoder().encode(`${JSON.stringify(value, null, indent)}\n`)};
}
