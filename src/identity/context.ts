import type {Container, Estate, Principal, Workload} from '../model/estate.ts';
import type {Site} from '../model/site.ts';
import type {AwsParameters} from './aws/parameters.ts';
import type {GraphBuilder} from './builder.ts';

/** What the build needs besides the estate. */
export interface IdentityOptions {
  /** ISO 8601; decides time conditions and expiry. */
  now: string;
  /** Facts about AWS that users may override; absent = privilege paths are not looked for, and a finding says so. */
  aws?: AwsParameters;
}

/** What every part of the build reads, looked up once. */
export interface BuildContext {
  estate: Estate;
  options: IdentityOptions;
  sites: Site[];
  /** Site index per workload, −1 = none. */
  siteOf: Int32Array;
  graph: GraphBuilder;
  containers: Map<string, Container>;
  workloads: Map<string, Workload>;
  principals: Map<string, Principal>;
  /** Child containers, direct workloads and direct principals by container id. */
  children: Map<string, Container[]>;
  workloadsIn: Map<string, Workload[]>;
  principalsIn: Map<string, Principal[]>;
  /** AWS account container by account number. */
  awsAccounts: Map<string, Container>;
  /** Numbers of AWS accounts that a source says rule an organisation. */
  awsManagement: ReadonlySet<string>;
}

/** Groups by a key that may be missing. */
export function groupBy<T>(items: T[], key: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const at = key(item);
    if (at === null) continue;
    const group = groups.get(at);
    if (group) group.push(item);
    else groups.set(at, [item]);
  }
  return groups;
}
