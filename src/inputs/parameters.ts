import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import type {ScoreParameters} from '../model/exposure.ts';
import type {AwsParameters} from '../identity/aws/parameters.ts';
import {parseAwsParameters} from '../identity/aws/parse-parameters.ts';
import type {Site} from '../model/site.ts';
import type {PlaceIn} from '../document/site-checks.ts';
import type {Workspace} from '../model/workspace.ts';
import {parseSites} from '../document/sites.ts';
import {parseRiskFactors} from '../exposure/factors/parameters.ts';
import type {RiskFactors} from '../exposure/factors/parameters.ts';
import {parseScoreParameters} from '../exposure/parse-score-parameters.ts';
import {readDocumentFiles, type DocumentFile} from '../io/documents.ts';
import {expand} from '../io/files.ts';
import {shippedPolicyFiles} from '../io/package-files.ts';
import {parseSensitivityRules} from '../sensitivity/parse-rules.ts';
import type {SensitivityRules} from '../sensitivity/rules.ts';
import type {InputRecord} from './intake.ts';

/** What the stages need besides the estate. */
export interface Parameters {
  sites: Site[];
  genericSites: boolean;
  /** Where a field of a site is written. */
  siteFieldAt: PlaceIn;
  sensitivityRules: SensitivityRules;
  score: ScoreParameters;
  /** Facts about AWS: privilege paths, vendor accounts. */
  aws: AwsParameters;
  /** Thresholds of the risk factors; null = the document is broken. */
  factors: RiskFactors | null;
  inputs: InputRecord[];
  findings: Finding[];
}

/** The files that describe sites. Without declared ones the shipped generic sites are used. */
export async function readSiteFiles(folder: string, workspace: Pick<Workspace, 'sites'>) {
  const named = await expand(folder, workspace.sites, 'site');
  const genericSites = workspace.sites.length === 0;
  const {files, findings} = await readDocumentFiles(genericSites ? shippedPolicyFiles('sites') : named.files);
  return {files, genericSites, findings: [...named.findings, ...findings]};
}

/**
 * Reads sites, sensitivity rules and score parameters. Without declared sites the shipped generic ones are used.
 * @param supposedSites documents to take instead of those of the site files; null = none
 */
export async function readParameters(
  folder: string,
  workspace: Workspace,
  supposedSites: readonly YamlDocument[] | null = null,
): Promise<Parameters> {
  const {genericSites, ...siteFiles} = await readSiteFiles(folder, workspace);
  const sensitivityFiles = await readDocumentFiles(shippedPolicyFiles('sensitivity'));
  const own = await ownRules(folder, workspace.policies);
  const scoreFiles = await readDocumentFiles(shippedPolicyFiles('score'));
  const identityFiles = await readDocumentFiles(
    shippedPolicyFiles('identity').filter(({display}) => display.includes('/aws-')),
  );
  const factorFiles = await readDocumentFiles(
    shippedPolicyFiles('identity').filter(({display}) => display.endsWith('/factors.yaml')),
  );
  const sites = parseSites([...(supposedSites ?? siteFiles.files.flatMap((file) => file.documents))]);
  const rules = parseSensitivityRules([...sensitivityFiles.files, ...own].flatMap((file) => file.documents));
  const score = parseScoreParameters(scoreFiles.files.flatMap((file) => file.documents));
  const aws = parseAwsParameters(identityFiles.files.flatMap((file) => file.documents));
  const factors = parseRiskFactors(factorFiles.files.flatMap((file) => file.documents));
  const findings = [
    ...siteFiles.findings,
    ...sites.findings.map((finding) => ({...finding, partial: true})),
    ...rules.findings,
    ...score.findings,
    ...aws.findings,
    ...factorFiles.findings,
    ...factors.findings,
    ...(genericSites ? [usesGenericSites()] : []),
    ...(genericSites ? [] : siteFiles.files.filter((file) => file.documents.length === 0).map(emptyFile)),
  ];
  return {
    // In an order of their own: of equal sites a plan takes the first, wherever in the files it is written.
    sites: sites.value.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    genericSites,
    siteFieldAt: sites.placeOf,
    sensitivityRules: rules.value,
    score: score.value,
    aws: aws.value,
    factors: factors.value,
    inputs: [
      ...records(siteFiles.files, 'sites'),
      ...records(
        [
          ...sensitivityFiles.files,
          ...own,
          ...scoreFiles.files,
          ...identityFiles.files,
          ...factorFiles.files,
        ],
        'parameters',
      ),
    ],
    findings,
  };
}

/** Policy files that hold sensitivity rules of the workspace's own; what is wrong with files is told where policies are read. */
async function ownRules(folder: string, policies: string[]): Promise<DocumentFile[]> {
  const {files} = await expand(
    folder,
    policies.filter((name) => !name.startsWith('pack:')),
    'policy',
  );
  const read = await readDocumentFiles(files);
  return read.files.filter(({documents}) =>
    documents.some(({value}) => (value as {kind?: unknown} | null)?.kind === 'SensitivityRules'),
  );
}

/** Input records of document files, in their order. */
export function records(files: DocumentFile[], role: InputRecord['role']): InputRecord[] {
  return files.map(({file, sha256}) => ({file, sha256, role}));
}

function emptyFile({file}: DocumentFile): Finding {
  return {
    code: 'BH-WS-006',
    severity: 'high',
    message: 'the file holds no readable site',
    where: {file},
    remedy: 'Describe a site in it, or remove it from `sites` in bulkhead.yaml.',
    partial: true,
  };
}

function usesGenericSites(): Finding {
  return {
    code: 'BH-WS-004',
    severity: 'medium',
    message: 'no sites are declared: the shipped generic sites public-eu and dedicated-eu stand in',
    where: {file: 'bulkhead.yaml'},
    remedy: 'Describe your own sites in sites.yaml; facts only a real site has stay unknown until then.',
  };
}
