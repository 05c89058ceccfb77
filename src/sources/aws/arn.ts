/** Parts of an Amazon Resource Name; empty parts are null. */
interface Arn {
  partition: string;
  service: string;
  region: string | null;
  /** Twelve-digit account, or whatever stands in its place (`aws` for AWS-managed policies); null when empty. */
  account: string | null;
  resource: string;
}

/** Splits an ARN; null when the text is none. */
export function parseArn(text: string | null): Arn | null {
  if (text === null) return null;
  const [head, partition, service, region, account, ...rest] = text.split(':');
  if (head !== 'arn' || rest.length === 0 || !partition || !service) return null;
  return {partition, service, region: region || null, account: account || null, resource: rest.join(':')};
}

/** Account that owns the named thing; AWS's own (`arn:aws:iam::aws:…`) belongs to nobody here. */
export function accountOf(arn: string | null): string | null {
  const account = parseArn(arn)?.account ?? null;
  return account === 'aws' ? null : account;
}

/** Container (and trust root) id of an account. */
export function accountId(account: string): string {
  return `aws-account:${account}`;
}

/** `eu-central-1a`, `us-west-2-lax-1a`, `us-east-1-wl1-bos-wlz-1` → region. */
export function regionOfZone(zone: string | null): string | null {
  return /^[a-z]{2,}(?:-[a-z]+)+-\d+/.exec(zone ?? '')?.[0] ?? null;
}

/** Partition a region lies in; ARNs of commercial, Chinese and US government regions differ. */
export function partitionOf(region: string | null): string {
  if (region?.startsWith('cn-') === true) return 'aws-cn';
  return region?.startsWith('us-gov-') === true ? 'aws-us-gov' : 'aws';
}
