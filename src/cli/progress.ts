import {plainLine} from './plain.ts';

/** Where stages report that they begin. Silent with `--quiet`, under `--json` on a non-terminal, and in tests. */
export interface Progress {
  stage(name: string): void;
  done(): void;
}

/**
 * Progress on stderr. On a terminal the running stage is shown at once on one line that is wiped at the end;
 * elsewhere a stage that took over a second leaves one line with its seconds.
 */
export function createProgress(options: {quiet: boolean; stream?: NodeJS.WriteStream}): Progress {
  const stream = options.stream ?? process.stderr;
  let current: string | null = null;
  let began = 0;
  const finish = (): void => {
    if (current === null) return;
    const seconds = (performance.now() - began) / 1000;
    if (stream.isTTY) stream.write('\r\u001b[2K');
    else if (seconds > 1) stream.write(`${plainLine(current)}: ${seconds.toFixed(1)} s\n`);
    current = null;
  };
  return {
    stage(name) {
      if (options.quiet) return;
      finish();
      current = name;
      began = performance.now();
      if (stream.isTTY) stream.write(`${plainLine(name)} …`);
    },
    done: finish,
  };
}
