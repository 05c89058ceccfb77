import {checkDocument} from '../../document/check.ts';
import type {Finding, Outcome} from '../../model/common.ts';
import type {YamlDocument} from '../../model/decoded.ts';
import {privilegePathsDocument} from '../../model/documents/privilege-paths.ts';
import {vendorAccountsDocument} from '../../model/documents/vendor-accounts.ts';
import type {PrivilegePaths, VendorAccounts} from '../../model/privilege-paths.ts';
import type {AwsParameters} from './parameters.ts';

/** Subjects that are not kinds of existing things. */
const SUBJECTS = new Set(['self', 'own-group', 'user', 'group', 'role', 'assumable-role', 'passed-role']);

/**
 * Privilege paths and vendor accounts from `kind: PrivilegePaths` and `kind: VendorAccounts` documents; of several of one
 * kind the last valid one wins. What is missing is null, and a finding.
 */
export function parseAwsParameters(documents: YamlDocument[]): Outcome<AwsParameters> {
  const findings: Finding[] = [];
  let paths: PrivilegePaths | null = null;
  let vendors: VendorAccounts | null = null;
  for (const document of documents) {
    if (kindOf(document) === 'VendorAccounts') {
      const checked = checkDocument(vendorAccountsDocument, document);
      findings.push(...checked.findings);
      if (checked.value === null) continue;
      const {list, read, vendors: listed} = checked.value.spec;
      const nameOf = new Map(listed.flatMap(({name, accounts}) => accounts.map((id) => [id, name] as const)));
      vendors = {list, read, nameOf};
      continue;
    }
    const checked = checkDocument(privilegePathsDocument, document);
    findings.push(...checked.findings);
    if (checked.value === null) continue;
    const {catalogue, targets, paths: ways, grants} = checked.value.spec;
    findings.push(...strangeTargets(document, Object.keys(targets), ways));
    paths = {
      catalogue: {name: catalogue.name, read: catalogue.read},
      targets: new Map(Object.entries(targets)),
      paths: ways.map(({when, ...way}) => ({
        ...way,
        when: {
          ...(when.password === undefined ? {} : {password: when.password}),
          ...(when.accessKeys === undefined ? {} : {accessKeys: when.accessKeys}),
        },
      })),
      grants,
    };
  }
  return {value: {paths, vendors}, findings};
}

function kindOf({value}: YamlDocument): unknown {
  return typeof value === 'object' && value !== null ? (value as {kind?: unknown}).kind : undefined;
}

/** A path whose target nobody describes would never be found open. */
function strangeTargets(
  document: YamlDocument,
  targets: string[],
  ways: {id: string; subject: string; requires: string | null}[],
): Finding[] {
  const known = new Set([...SUBJECTS, ...targets]);
  return ways.flatMap(({id, subject, requires}, i) => {
    const strange = [subject, ...(requires === null ? [] : [requires])].find((word) => !known.has(word));
    if (strange === undefined) return [];
    return [
      {
        code: 'BH-ID-100',
        severity: 'high' as const,
        message: `privilege path \`${id}\` speaks of \`${strange}\`, which is not under \`targets\`: the path is never open`,
        where: document.place(['spec', 'paths', i]),
        remedy: 'Correct the word, or describe the kind of thing under `targets`.',
      },
    ];
  });
}
