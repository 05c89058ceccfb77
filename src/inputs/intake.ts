import {limitFindings} from '../document/limit-findings.ts';
import type {Finding} from '../model/common.ts';
import type {Intake} from '../model/estate.ts';
import type {PlanQuestions} from '../model/questions.ts';
import type {WaveSettings} from '../model/waves.ts';
import type {SourceDeclaration, Workspace} from '../model/workspace.ts';
import {expand, sizeOf, type NamedFile} from '../io/files.ts';
import {adHocWorkspace, readWorkspace, WORKSPACE_FILE} from '../io/workspace.ts';
import {readSource} from '../sources/read.ts';
import type {Suppositions} from '../whatif/suppositions.ts';

/** What a run is asked to look at. */
export interface Request {
  /** Workspace folder, absolute. */
  folder: string;
  /** Inventory files named on the command line, relative to the current folder; empty = the workspace. */
  files: string[];
  as?: string | undefined;
  /** Scope the named files speak for, where they do not say. */
  scope?: string | undefined;
  /** Snapshot id; undefined = the latest one if there is any, else the declared sources. */
  snapshot?: string | undefined;
  now: Date;
  /** True = failures count as if there were no exception. */
  ignoreExceptions?: boolean;
  /** Plans with limits: proven gap that is good enough, as a share, and seconds after which the best so far is taken. */
  maxGap?: number | undefined;
  timeLimit?: number | undefined;
  /** What the run supposes instead of what its files say; absent = nothing. */
  suppose?: Suppositions;
  /** Instead of what the workspace says of waves. */
  waves?: Partial<WaveSettings>;
  /** What is asked of the plan beyond itself; absent = what the command `plan` tells. */
  questions?: PlanQuestions;
  /** Told the name of each stage as it begins. */
  stage: (name: string) => void;
  /** Told how many bytes are about to be read, before they are. */
  makeRoom?: (bytes: number) => Promise<void>;
  /** Runs work that an interrupt may cut short with what it has; absent = an interrupt ends the run. */
  interruptible?: <T>(work: (interrupt: AbortSignal) => Promise<T>) => Promise<T>;
}

/** An input of the run with its hash, for the plan's record. */
export interface InputRecord {
  file: string;
  sha256: string;
  role: 'workspace' | 'inventory' | 'sites' | 'policies' | 'parameters';
}

/** A workspace with everything read that its sources hold. */
export interface Opened {
  request: Request;
  workspace: Workspace;
  intakes: Intake[];
  inputs: InputRecord[];
  findings: Finding[];
}

/** Null workspace = `bulkhead.yaml` is missing or broken; the findings say why. */
export async function openWorkspace(
  request: Request,
): Promise<{workspace: Workspace | null; inputs: InputRecord[]; findings: Finding[]}> {
  if (request.files.length > 0) {
    const hints = {
      ...(request.as === undefined ? {} : {as: request.as}),
      ...(request.scope === undefined ? {} : {scope: request.scope}),
    };
    // Sorted: the order on the command line says nothing, so it changes nothing.
    return {
      workspace: adHocWorkspace(request.files.toSorted().map((file) => ({file, ...hints}))),
      inputs: [],
      findings: [],
    };
  }
  const {workspace, sha256, findings} = await readWorkspace(request.folder);
  const inputs: InputRecord[] = sha256 === null ? [] : [{file: WORKSPACE_FILE, sha256, role: 'workspace'}];
  return {workspace, inputs, findings};
}

/** Reads every file the workspace declares. A file that cannot be read makes the run partial; the others stay. */
export async function readDeclared(
  request: Request,
  workspace: Workspace,
): Promise<{intakes: Intake[]; findings: Finding[]}> {
  const intakes: Intake[] = [];
  // Every file that is not read is named, however many there are.
  const refused: Finding[] = [];
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const declared: {declaration: SourceDeclaration & {role: string}; files: NamedFile[]}[] = [];
  for (const declaration of declarations(workspace)) {
    const expanded = await expand(request.folder, [declaration.file], declaration.role);
    refused.push(...expanded.findings);
    const files = expanded.files.filter(({path}) => !seen.has(path));
    for (const {path} of files) seen.add(path);
    declared.push({declaration, files});
  }
  await request.makeRoom?.(await sizeOf([...seen]));
  for (const {declaration, files} of declared) {
    for (const file of files) {
      request.stage(`reading ${file.display}`);
      const {role: _, file: __, ...hints} = declaration;
      const read = await readSource(file.path, file.display, hints);
      // One by one: a spread of a hundred thousand findings is more than a call can take.
      for (const finding of read.findings) {
        if (read.intake) findings.push(finding);
        else refused.push({...finding, partial: true});
      }
      for (const finding of read.intake?.findings ?? []) findings.push(finding);
      if (read.intake) intakes.push(read.intake);
    }
  }
  return {intakes, findings: [...refused, ...limitFindings(findings)]};
}

/** Explicit files first, so that a hint given for one file wins over a glob that also matches it. */
export function declarations(workspace: Workspace): (SourceDeclaration & {role: string})[] {
  const list = (files: string[], role: string) => files.map((file) => ({file, role}));
  const sources = workspace.sources.map((source) => ({...source, role: 'inventory'}));
  return [
    ...sources.toSorted((a, b) => Number(/[*?[{]/.test(a.file)) - Number(/[*?[{]/.test(b.file))),
    ...list(workspace.identity, 'identity'),
    ...list(workspace.dependencies, 'dependency'),
    ...list(workspace.register, 'register'),
  ];
}
