/** The parts of oclif's manifest that are public contract. */
export interface Manifest {
  commands: Record<string, ManifestCommand>;
}

interface ManifestCommand {
  id: string;
  summary?: string;
  description?: string;
  args: Record<string, {name: string; required?: boolean; description?: string}>;
  flags: Record<string, ManifestFlag>;
  examples?: (string | {command: string; description: string})[];
}

interface ManifestFlag {
  name: string;
  type: string;
  char?: string;
  env?: string;
  multiple?: boolean;
  options?: string[];
  default?: unknown;
  helpGroup?: string;
  description?: string;
}

/** Names only, sorted: what a script may rely on. */
export function commandSurface(manifest: Manifest) {
  return Object.fromEntries(
    sorted(manifest.commands).map(([id, command]) => [
      id.replaceAll(':', ' '),
      {
        args: Object.values(command.args).map((arg) => (arg.required ? arg.name : `[${arg.name}]`)),
        flags: Object.fromEntries(
          sorted(command.flags).map(([name, flag]) => [
            name,
            [
              flag.type,
              flag.multiple && 'multiple',
              flag.char && `-${flag.char}`,
              flag.env,
              flag.options?.join('|'),
            ]
              .filter(Boolean)
              .join(' '),
          ]),
        ),
      },
    ]),
  );
}

/** The command reference in Markdown. */
export function commandReference(manifest: Manifest): string {
  const lines = ['# Commands', '', 'Generated from the commands themselves by `npm run generate`.', ''];
  for (const [id, command] of sorted(manifest.commands)) {
    const args = Object.values(command.args).map((arg) =>
      arg.required ? arg.name.toUpperCase() : `[${arg.name.toUpperCase()}]`,
    );
    lines.push(`## bulkhead ${[id.replaceAll(':', ' '), ...args].join(' ')}`, '', command.summary ?? '', '');
    if (command.description) lines.push(command.description, '');
    const own = sorted(command.flags).filter(([, flag]) => flag.helpGroup !== 'GLOBAL');
    for (const [name, flag] of own) {
      const value = flag.type === 'boolean' ? '' : `=<${flag.options?.join('|') ?? 'value'}>`;
      lines.push(`- \`--${name}${value}\` ${flag.description ?? ''}${flag.env ? ` (\`${flag.env}\`)` : ''}`);
    }
    if (own.length > 0) lines.push('');
    for (const example of command.examples ?? []) {
      const text = typeof example === 'string' ? example : example.command;
      lines.push('```sh', text.replace('<%= config.bin %>', 'bulkhead'), '```', '');
    }
  }
  lines.push('## Flags of every command', '');
  const any = Object.values(manifest.commands)[0];
  for (const [name, flag] of sorted(any?.flags ?? {})) {
    if (flag.helpGroup === 'GLOBAL')
      lines.push(`- \`--${name}\` ${flag.description ?? ''}${flag.env ? ` (\`${flag.env}\`)` : ''}`);
  }
  return `${lines.join('\n')}\n`;
}

function sorted<T>(record: Record<string, T>): [string, T][] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
