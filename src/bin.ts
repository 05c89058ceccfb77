#!/usr/bin/env node
import {enableCompileCache} from 'node:module';
import process from 'node:process';

enableCompileCache?.();

// A reader that closes early (`| head`) is not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});
process.on('SIGINT', () => process.exit(130));

const {execute} = await import('@oclif/core/execute');
await execute({dir: import.meta.url});
