import {CLIError} from '@oclif/core/errors';
import type {Finding} from '../model/common.ts';

/**
 * A run that ends before any result: usage, bad policy, nothing usable in the input (exit 2), or an
 * incomplete input under `--strict`; or interrupted before there was one (exit 130). Carries the findings so that text and JSON say the same.
 */
export class Failure extends CLIError {
  readonly findings: Finding[];
  readonly exitCode: 2 | 3 | 130;

  constructor(
    message: string,
    options: {findings?: Finding[]; exitCode?: 2 | 3 | 130; remedy?: string} = {},
  ) {
    super(message, {exit: options.exitCode ?? 2, ...(options.remedy ? {suggestions: [options.remedy]} : {})});
    this.findings = options.findings ?? [];
    this.exitCode = options.exitCode ?? 2;
  }
}
