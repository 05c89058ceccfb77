import {resolve} from 'node:path';
import type {Request} from '../inputs/intake.ts';
import {readSiteFiles} from '../inputs/parameters.ts';
import {readPolicyFiles} from '../inputs/policies.ts';
import {policiesOf} from '../inputs/policy-names.ts';
import {readDocumentFiles} from '../io/documents.ts';
import {PACKS} from '../io/package-files.ts';
import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import type {Scored} from '../pipeline.ts';
import {loadPolicies, type PolicyFile} from '../policy/parse.ts';
import {readGraphChanges, type GraphQuestion} from '../whatif/graph.ts';
import {readNeed} from '../whatif/needs.ts';
import {goneSites, readParameter, readRule, supposedProfile, withoutPolicy} from '../whatif/policies.ts';
import type {Reading, Told} from '../whatif/reading.ts';
import {addSites, readSite, supposeSite} from '../whatif/sites.ts';
import type {Suppositions} from '../whatif/suppositions.ts';
import {readTag} from '../whatif/tags.ts';
import {Failure} from './failure.ts';

/** Changes as a person wrote them: texts of each option, in their order. */
export interface Question extends GraphQuestion {
  setTag: string[];
  setNeed: string[];
  setSite: string[];
  addSite: string[];
  removeSite: string[];
  policy: string[];
  withoutPolicy: string[];
  param: string[];
  withoutRule: string[];
}

export interface Supposed {
  suppose: Suppositions;
  /** Policies that are read beside those of the workspace. */
  policies: string[];
  told: Told[];
}

/** True when an answer needs more than the identity graph. */
export function changesPlan(question: Question): boolean {
  const {removeEdge: _, removeRoot: __, addMfa: ___, answer: ____, ...others} = question;
  return Object.values(others).some((texts: string[]) => texts.length > 0);
}

/** Reads every change against the run it changes; the first one that cannot be read ends the run and says why. */
export async function readQuestion(base: Scored, question: Question): Promise<Supposed> {
  const {estate, request, workspace} = base;
  const tags = question.setTag.map((text) => understood(readTag(text, estate.workloads)));
  const needs = question.setNeed.map((text) => understood(readNeed(text, estate.workloads)));
  const sites = await readSites(base, question);
  const added = question.policy.map((name) => (name.startsWith('pack:') ? name : resolve(name)));
  const policies = await readPolicies(request, [...policiesOf(workspace), ...added], question, sites.gone);
  const graph = understood(readGraphChanges(base.graph, question));
  return {
    suppose: {tags, needs, sites: sites.documents, policies: policies.files, graph},
    policies: added,
    told: [...[...tags, ...needs].map(({told}) => told), ...sites.told, ...policies.told],
  };
}

async function readSites({request, workspace}: Scored, {addSite, setSite, removeSite}: Question) {
  const told: Told[] = [];
  if (addSite.length + setSite.length + removeSite.length === 0) return {documents: null, gone: [], told};
  const {files} = await readSiteFiles(request.folder, workspace);
  const own = files.flatMap((file) => file.documents);
  let documents: YamlDocument[] = own;
  const take = (change: {documents: YamlDocument[]; told: Told}): void => {
    documents = change.documents;
    told.push(change.told);
  };
  for (const file of addSite) {
    const {files: read, findings} = await readDocumentFiles([{path: resolve(file), display: file}]);
    if (findings.length > 0) throw new Failure(`the site in ${file} cannot be read`, {findings});
    take(
      understood(
        addSites(
          documents,
          read.flatMap((one) => one.documents),
          file,
        ),
      ),
    );
  }
  for (const text of setSite) take(understood(supposeSite(documents, text)));
  const gone = removeSite.map((text) => understood(readSite(documents, text)));
  for (const id of gone) told.push({option: '--remove-site', text: `nothing may be at ${id}`});
  return {documents: documents === own ? null : documents, gone, told};
}

async function readPolicies(
  {folder}: Request,
  names: string[],
  question: Question,
  gone: string[],
): Promise<{files: PolicyFile[] | null; told: Told[]}> {
  const asked = question.policy.length + question.withoutPolicy.length;
  if (asked + question.param.length + question.withoutRule.length + gone.length === 0)
    return {files: null, told: []};
  const told: Told[] = [];
  for (const name of question.policy) {
    const {findings} = await readPolicyFiles(process.cwd(), [name]);
    const refused = findings.filter(({partial}) => partial);
    if (refused.length > 0)
      throw new Failure(`the policy \`${name}\` cannot be used`, {findings: refused.map(asOption)});
    told.push({option: '--policy', text: `with ${name}`});
  }
  let {files} = await readPolicyFiles(folder, names);
  for (const text of question.withoutPolicy) {
    const left = understood(withoutPolicy(files, text));
    files = left.files;
    told.push(left.told);
  }
  const {value: set} = await loadPolicies(files);
  const params = question.param.map((text) => understood(orPack(text, readParameter(set, text))));
  const rules = question.withoutRule.map((text) => understood(readRule(set, text)));
  told.push(...[...params, ...rules].map((change) => change.told));
  const values = new Map(params.map(({name, value}) => [name, value]));
  const ids = rules.map(({id}) => id);
  return {
    files: [
      ...files,
      ...(gone.length > 0 ? [goneSites(gone)] : []),
      ...(values.size + ids.length > 0 ? [supposedProfile(values, ids)] : []),
    ],
    told,
  };
}

function understood<T>(reading: Reading<T>): T {
  if ('value' in reading) return reading.value;
  const {problem, remedy, findings = []} = reading;
  throw new Failure(problem, {remedy, findings});
}

/** A parameter of a shipped pack that is not in use. */
function orPack<T>(text: string, reading: Reading<T>): Reading<T> {
  const pack = PACKS.find((name) => text.trim().startsWith(`${name}.`));
  if ('value' in reading || pack === undefined) return reading;
  return {...reading, remedy: `Add --policy pack:${pack} if that pack is not in use. ${reading.remedy}`};
}

/** A policy that is not there is not wrong in bulkhead.yaml, but on the command line. */
function asOption(finding: Finding): Finding {
  if (finding.code !== 'BH-WS-002' && finding.code !== 'BH-WS-005') return finding;
  const remedy =
    finding.code === 'BH-WS-002' ? 'Correct the path; it is relative to the current folder.' : undefined;
  return {...finding, where: {file: '--policy'}, ...(remedy ? {remedy} : {})};
}
