import type {Certainty} from '../../../model/common.ts';

/**
 * Contract of the policy evaluator. Typical use:
 *
 * ```ts
 * const compiled = compileClass({kind: 'role', caller, identity: [parsePolicy(document, 'name')], boundary: null,
 *   session: null, scps: [], context: knownContext({...})}, {now});
 * ask(compiled, {action: 's3:GetObject', resource: 'arn:aws:s3:::b/k'});
 * ```
 *
 * A policy document that is not in the source is `missingPolicy(name)`, never left out: it may allow and deny.
 */

/** One test of a condition block: `{"StringEquals": {"aws:username": ["a", "b"]}}` is one. */
export interface ConditionTest {
  /** Operator without prefix and `IfExists`, lower case: `stringequals`. */
  operator: string;
  ifExists: boolean;
  /** `null` = single-valued comparison. */
  quantifier: 'all' | 'any' | null;
  /** Lower case. */
  key: string;
  /** As written. */
  keyName: string;
  values: readonly string[];
}

/** `Principal` or `NotPrincipal` of a resource policy. */
export interface PrincipalTest {
  negated: boolean;
  /** `*` = everyone. `AWS` entries: account id, ARN or unique id (AIDA…, AROA…). */
  entries: readonly {type: 'AWS' | 'Federated' | 'Service' | 'CanonicalUser' | '*'; value: string}[];
}

/** One statement, lists made lists. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  sid: string | null;
  /** Name of the policy it stands in. */
  policy: string;
  /** Position in the policy. */
  index: number;
  /** Lower-case patterns; with `notActions` those that are excepted. */
  actions: readonly string[];
  notActions: boolean;
  /** Patterns as written; with `notResources` those that are excepted. Resource-less trust statements have `*`. */
  resources: readonly string[];
  notResources: boolean;
  /** Null = none stated (identity policies, SCPs). */
  principal: PrincipalTest | null;
  conditions: readonly ConditionTest[];
  /** Policy variables count (Version 2012-10-17). */
  variables: boolean;
  /**
   * Why the statement may or may not apply where it could not be read, or its document is not in the source; null = it was
   * read.
   */
  unread: string | null;
}

export interface ParsedPolicy {
  name: string;
  statements: readonly Statement[];
  /** What could not be read, each a short text. The parts are in `statements` as `unread`: answers become `depends`. */
  problems: readonly string[];
}

/**
 * What is known of the request context. A key that is neither listed nor closed is open; what that means is decided by the
 * key (see `keys.ts`): guard, network, settable by the requester, or simply not known.
 */
export interface KnownContext {
  /** By lower-case key: its values; null = known to be absent. */
  values: ReadonlyMap<string, readonly string[] | null>;
  /** Lower-case prefixes, e.g. `aws:principaltag/`: keys below that are not listed are known to be absent. */
  closed: readonly string[];
}

/** Who asks. Its `aws:Principal*`, `aws:username` and `aws:userid` keys follow from this. */
export interface Caller {
  /** ARN of the user, role, root user or federated user session; null for services and anonymous. */
  arn: string | null;
  /** 12-digit account; null for services and anonymous. */
  account: string | null;
  /** AIDA…/AROA… id where the source has it. */
  uniqueId?: string;
  /** Role session name where it is fixed. */
  sessionName?: string;
  /** Service principal, e.g. `lambda.amazonaws.com`. */
  service?: string;
}

/**
 * What limits and allows a group of principals alike. `account` = somebody in a foreign account whose own policies we do not
 * see (they are taken to allow).
 */
export interface PrincipalClass {
  kind: 'user' | 'role' | 'root' | 'account' | 'service' | 'anonymous';
  /** Absent = differs in the class: give it in the request. */
  caller?: Caller;
  /** Managed, inline and (users) group policies. */
  identity: readonly ParsedPolicy[];
  /** Permission boundary; null = none, `missing` = set but not in the source. */
  boundary: ParsedPolicy | null | 'missing';
  /** Session policies; null = none. */
  session?: readonly ParsedPolicy[] | null;
  /**
   * One list per level from the root over the organisational units to the account. No level = not bound by SCPs
   * (management account, service-linked roles, no organisation). A level without a policy = not in the source.
   */
  scps: readonly (readonly ParsedPolicy[])[];
  context?: KnownContext;
}

/** A question. Actions and resources may be probes, see `probe.ts`: then allow means "on every one of them". */
export interface Request {
  action: string;
  /** ARN, `*` for actions without a resource, or a probe. */
  resource: string;
  /** Account that owns the resource; absent = read from the ARN, else the caller's. */
  resourceAccount?: string;
  /** Policy of the resource (bucket policy, key policy, trust policy …); null or absent = none. */
  resourcePolicy?: ParsedPolicy | null;
  /** Resource control policies, one list per level of the resource's account. */
  rcps?: readonly (readonly ParsedPolicy[])[];
  /** Overrides the caller of the class. */
  caller?: Caller;
  /** Keys known of the request or resource (`aws:ResourceTag/…`, `iam:PassedToService`); win over those of the class. */
  context?: KnownContext;
  /** Probes only: whether a deny that hits a part of the probe counts. Default `any`: the answer is then `depends`. */
  denies?: 'any' | 'whole';
}

/** One way to get the permission. */
export interface Way {
  /** 1 = a guard (MFA) or network condition stands in front. */
  level: 0 | 1;
  /**
   * `certain` allowed · `conditional` allowed if stated conditions that cannot be decided hold, or unread limits do not
   * forbid · `unknown` only an input that is missing could allow it.
   */
  certainty: Certainty;
}

export interface Answer extends Way {
  /**
   * `allow` in every case that is open · `deny` in none · `depends`. A guard that the requester can pass at level 1 is an
   * `allow` with level 1.
   */
  decision: 'allow' | 'deny' | 'depends';
  /** The surest way first (the answer's own level and certainty), then ways of lower level that are less sure. Empty = deny. */
  ways: readonly Way[];
  /** Deciding statements and conditions, human readable, most important first. */
  because: readonly string[];
  /** Inputs that are missing and matter. */
  missing: readonly string[];
  /**
   * Probes only: allow statements reach a part of what was asked for, and nothing denies the whole of it. Use `reach` or
   * `allowedResources` for it.
   */
  some: boolean;
}

/** A resource pattern of an allow statement for one action. */
export interface AllowedPattern {
  /** `*` and `?` are wildcards; open policy variables became `*`. */
  pattern: string;
  /** Patterns the statement excepts (`NotResource`); then `pattern` is `*`. */
  except: readonly string[];
  statement: Statement;
}

export interface AllowedResources {
  /** Answer for every resource there is. */
  everywhere: Answer;
  /** Patterns on which identity policies may allow it, before limits and denies: ask for each match. */
  patterns: readonly AllowedPattern[];
}
