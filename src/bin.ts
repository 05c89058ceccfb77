#!/usr/bin/env node
import module from 'node:module';
import process from 'node:process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`bulkhead needs Node.js 22.18 or newer; this is ${process.versions.node}\n`);
  process.exit(2);
}
module.enableCompileCache?.();

// A reader that closes early (`| head`) is not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const {execute} = await import('@oclif/core/execute');
await execute({dir: import.meta.url});
