import {defineConfig} from 'vitest/config';

/** Three projects: `unit` mirrors src, `commands` runs command classes in process, `e2e` runs the built bin. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    disableConsoleIntercept: true,
    setupFiles: [new URL('seed.ts', import.meta.url).pathname],
    projects: [
      {extends: true, test: {name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000}},
      {
        extends: true,
        test: {name: 'commands', include: ['test/commands/**/*.test.ts'], testTimeout: 120_000},
      },
      {extends: true, test: {name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 240_000}},
    ],
  },
});
