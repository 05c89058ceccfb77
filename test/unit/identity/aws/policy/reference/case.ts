/** One question to both evaluators, in plain JSON terms so that neither leans on the other's types. */
export interface PolicyCase {
  caller: {
    kind: 'user' | 'role' | 'root' | 'anonymous' | 'service';
    arn: string | null;
    account: string | null;
    service?: string;
  };
  action: string;
  resource: string;
  resourceAccount: string;
  identity: unknown[];
  boundary: unknown;
  session: unknown[] | null;
  /** From the root down to the account; no level = not bound. */
  scps: unknown[][];
  rcps: unknown[][];
  resourcePolicy: unknown;
  /** Values of keys that are known; null = known to be absent. Names in any case. */
  known: Record<string, string[] | null>;
  /** Values the keys nobody knows may take; null = absent. */
  open: Record<string, (string[] | null)[]>;
  /** Values the requester may choose from. */
  settable: Record<string, (string[] | null)[]>;
}

export interface Verdict {
  decision: 'allow' | 'deny' | 'depends';
  /** Of an allow: 1 = only with multi-factor authentication. */
  level: 0 | 1;
}
