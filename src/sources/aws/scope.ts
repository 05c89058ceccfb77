import type {InputFile} from '../../model/decoded.ts';
import type {IntakeHints} from '../shape.ts';

/** Where an answer was asked for; null = neither the workspace nor the path says. */
export interface AwsScope {
  account: string | null;
  region: string | null;
}

const ACCOUNT = /(?<![\dA-Za-z])\d{12}(?![\dA-Za-z])/g;
const REGION = /(?<![a-z])(?:[a-z]{2}|us-gov|us-iso[a-z]?)-(?:[a-z]+)-\d(?![\dA-Za-z])/;

/**
 * Account and region an answer speaks for. `scope` of the workspace wins: `111122223333`, `111122223333/eu-central-1` or an
 * ARN. Else parts of the path count, as people name them: `111122223333/eu-central-1/glue-get-jobs.json`.
 */
export function awsScope(file: InputFile, hints: IntakeHints): AwsScope {
  const hint = hints.scope ?? '';
  return {
    account: accountIn(hint) ?? accountIn(file.display),
    region: REGION.exec(hint)?.[0] ?? REGION.exec(file.display)?.[0] ?? null,
  };
}

/** Twelve digits that stand alone and are no time of day (`202611220449`). */
function accountIn(text: string): string | null {
  const found = [...text.matchAll(ACCOUNT)].map(([digits]) => digits).filter((digits) => !isTime(digits));
  // Two different numbers name two accounts: neither is it for certain.
  return new Set(found).size === 1 ? (found[0] ?? null) : null;
}

function isTime(digits: string): boolean {
  return /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d$/.test(digits);
}

/** Ledger scope of an account, or of one of its regions. */
export function ledgerScope({account, region}: AwsScope): string {
  if (account === null) return '*';
  return region === null ? account : `${account}/${region}`;
}
