import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import {checkDocument} from '../document/check.ts';
import {parseYaml} from '../document/yaml.ts';
import type {Finding} from '../model/common.ts';
import type {WorkspaceDocument} from '../model/documents/workspace.ts';
import {DEFAULT_WAVES, type WaveSettings} from '../model/waves.ts';
import type {Workspace} from '../model/workspace.ts';
import {readText} from './files.ts';

export const WORKSPACE_FILE = 'bulkhead.yaml';

/** Packs a workspace gets when it names no policies. */
const DEFAULT_POLICIES = ['pack:baseline', 'pack:storm-0558'];

/** True when the folder holds a workspace. */
export async function isWorkspace(folder: string): Promise<boolean> {
  return (await stat(join(folder, WORKSPACE_FILE)).catch(() => null))?.isFile() ?? false;
}

/** Reads and checks `bulkhead.yaml`. A broken one gives `workspace: null` and all its problems. */
export async function readWorkspace(
  folder: string,
): Promise<{workspace: Workspace | null; sha256: string | null; findings: Finding[]}> {
  const {text, sha256, findings} = await readText({
    path: join(folder, WORKSPACE_FILE),
    display: WORKSPACE_FILE,
  });
  if (text === null) return {workspace: null, sha256, findings};
  const parsed = parseYaml(text, WORKSPACE_FILE);
  const document = parsed.documents[0];
  if (parsed.findings.length > 0 || !document) {
    const empty: Finding = {
      code: 'BH-WS-001',
      severity: 'high',
      message: 'the file holds no document',
      where: {file: WORKSPACE_FILE},
      remedy: 'Run `bulkhead init` in an empty folder to see one.',
    };
    return {workspace: null, sha256, findings: parsed.findings.length > 0 ? parsed.findings : [empty]};
  }
  // The schema library is loaded only where a workspace file is really read.
  const {workspaceDocument} = await import('../model/documents/workspace.ts');
  const checked = checkDocument<WorkspaceDocument>(workspaceDocument, document);
  return {workspace: checked.value ? fromDocument(checked.value) : null, sha256, findings: checked.findings};
}

/** A workspace for one-off use on named files: shipped sites, packs and defaults. */
export function adHocWorkspace(files: {file: string; as?: string; scope?: string}[]): Workspace {
  return fromDocument({
    apiVersion: 'bulkhead.dev/v1alpha1',
    kind: 'Workspace',
    metadata: {name: 'files'},
    spec: {sources: files},
  });
}

function fromDocument(document: WorkspaceDocument): Workspace {
  const {spec} = document;
  const metadata = document.metadata as {name?: string; client?: string} | undefined;
  const settings = spec.settings ?? {};
  return {
    name: metadata?.name ?? 'workspace',
    client: metadata?.client ?? null,
    locale: spec.locale ?? 'en',
    sources: spec.sources.map((source) => ({
      file: source.file,
      ...(source.as === undefined ? {} : {as: source.as}),
      ...(source.scope === undefined ? {} : {scope: source.scope}),
    })),
    identity: list(spec.identity),
    dependencies: list(spec.dependencies),
    register: list(spec.register),
    sites: list(spec.sites),
    policies: spec.policies ?? (spec.profile === undefined ? DEFAULT_POLICIES : []),
    ...(spec.profile === undefined ? {} : {profile: spec.profile}),
    scenarios: spec.scenarios === undefined ? null : list(spec.scenarios),
    waves: waveSettings(spec.waves ?? {}),
    settings: {
      governedTags: settings.governedTags ?? [],
      applicationTags: settings.applicationTags ?? ['application', 'app', 'Application', 'Anwendung'],
      unknownAs: {normal: 1, high: 2, veryHigh: 3}[settings.unknownAs ?? 'high'] as 1 | 2 | 3,
      logRetentionDays: settings.logRetentionDays ?? 180,
      riskTolerance: settings.riskTolerance ?? 10,
      objective: settings.objective ?? 'lexicographic',
      currency: settings.currency ?? null,
      exchangeRates: settings.exchangeRates ?? {},
      moveMustSave: settings.moveMustSave ?? 5,
      splitPenalty: settings.splitPenalty ?? 0,
      paybackMonths: settings.paybackMonths ?? null,
    },
  };
}

function waveSettings(given: NonNullable<WorkspaceDocument['spec']['waves']>): WaveSettings {
  return {
    size: given.size ?? DEFAULT_WAVES.size,
    start: given.start ?? DEFAULT_WAVES.start,
    everyDays: given.everyDays ?? DEFAULT_WAVES.everyDays,
    freeze: (given.freeze ?? []).map(({from, to, reason, match}) => ({
      from,
      to,
      reason: reason ?? null,
      match: match ? {application: match.application ?? null, tag: match.tag ?? null} : null,
    })),
    environments: given.environments ?? DEFAULT_WAVES.environments,
    environmentTags: given.environmentTags ?? DEFAULT_WAVES.environmentTags,
    unknownGib: given.unknownGibPerMonth ?? DEFAULT_WAVES.unknownGib,
  };
}

function list(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
