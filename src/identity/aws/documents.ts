import type {PolicyDocument} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {DENYING_POLICIES, MANAGED_POLICIES} from './managed-policies.ts';
import {type ParsedPolicy, missingPolicy, parsePolicy} from './policy/index.ts';

/** Policy documents by id, each read once. */
export interface Documents {
  /** The policy of this id; one whose document is missing may allow and deny. */
  of(id: string): ParsedPolicy;
  /** Equal for documents that say the same under the same name: identities that hold them are alike. */
  keyOf(id: string): string;
  /** Versions of a managed policy that are not in force; null = the source does not list versions. */
  versionsOf(id: string): PolicyDocument[] | null;
  /** Notes that somebody holds the policy, for the finding about missing documents. */
  held(id: string): void;
  /** Findings about missing and malformed documents. */
  tell(): void;
}

export function createDocuments({estate, graph}: BuildContext): Documents {
  const given = new Map(estate.policyDocuments.map((document) => [document.id, document]));
  const versions = new Map<string, PolicyDocument[]>();
  for (const document of estate.policyDocuments) {
    if (document.versionOf === undefined) continue;
    const known = versions.get(document.versionOf);
    if (known) known.push(document);
    else versions.set(document.versionOf, [document]);
  }
  const parsed = new Map<string, ParsedPolicy>();
  const keys = new Map<string, string>();
  const texts = new Map<string, string>();
  const missing = new Map<string, number>();
  return {
    of(id) {
      let policy = parsed.get(id);
      if (!policy) parsed.set(id, (policy = read(id, given.get(id))));
      return policy;
    },
    keyOf(id) {
      const known = keys.get(id);
      if (known !== undefined) return known;
      const document = given.get(id);
      let key = id;
      if (document?.kind === 'inline' && document.document !== null) {
        const text = `${document.name} ${JSON.stringify(document.document)}`;
        key = texts.get(text) ?? `#${texts.size}`;
        texts.set(text, key);
      }
      keys.set(id, key);
      return key;
    },
    versionsOf: (id) => versions.get(id) ?? null,
    held(id) {
      if (given.has(id) || (isProviders(id) && Object.hasOwn(MANAGED_POLICIES, policyName(id)))) return;
      missing.set(id, (missing.get(id) ?? 0) + 1);
    },
    tell() {
      for (const [policy, count] of missing) {
        graph.findings.push({
          code: 'BH-ID-003',
          severity: 'low',
          message: `policy \`${policy}\` is attached ${count}× but its document is not in the source; its holders count in the upper end only`,
          where: {id: policy},
          remedy: 'Import `aws iam get-account-authorization-details` without `--filter`.',
        });
      }
      for (const [id, {problems}] of parsed) {
        if (problems.length === 0 || !given.has(id)) continue;
        graph.findings.push({
          code: 'BH-ID-101',
          severity: 'medium',
          message: `policy cannot be read in full: ${problems[0]}${problems.length > 1 ? ` and ${problems.length - 1} more` : ''}; what it may allow or deny stays open`,
          where: {id},
          remedy: 'Correct the policy, or export it again.',
        });
      }
    },
  };
}

function read(id: string, document: PolicyDocument | undefined): ParsedPolicy {
  const name = document?.name ?? policyName(id);
  if (document) return parsePolicy(document.document, name);
  if (!isProviders(id)) return missingPolicy(name);
  if (Object.hasOwn(MANAGED_POLICIES, name)) return parsePolicy(MANAGED_POLICIES[name], name);
  return missingPolicy(name, DENYING_POLICIES.test(name));
}

export function policyName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** AWS managed: nobody but AWS changes it. */
export function isProviders(id: string): boolean {
  return id.includes(':iam::aws:policy/');
}
