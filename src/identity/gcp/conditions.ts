import type {Certainty} from '../../model/common.ts';
import type {Workload} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {type Answer, type TextFact, decide, isWhole, mentions} from './condition/decide.ts';
import {type Expression, parseCondition} from './condition/parse.ts';
import type {Scopes} from './scopes.ts';

/** A binding's condition, read once. */
export interface Condition {
  text: string;
  /** Null = not readable: anything may hold. */
  tree: Expression | null;
  /** Depends on the resource that is asked for. */
  narrows: boolean;
  /** Names single resources, so each must be looked at. */
  byName: boolean;
  /** Asks for a network or device: the holder of the account alone does not pass. */
  guarded: boolean;
}

/** What is asked for: the resource a permission is used on. */
export interface Target {
  service: string | null;
  type: string | null;
  name: TextFact | null;
}

export interface Decision {
  answer: Answer;
  level: 0 | 1;
  /** For evidence; empty where the condition plainly holds. */
  note: string;
}

/** Answers conditions of bindings at the time of the run. */
export interface Conditions {
  read(text: string): Condition;
  decide(condition: Condition, target: Target): Decision;
}

/** Each text is read once. */
export function createConditions({options}: BuildContext): Conditions {
  const known = new Map<string, Condition>();
  const now = Date.parse(options.now);
  return {
    read(text) {
      let found = known.get(text);
      if (found === undefined) known.set(text, (found = readCondition(text)));
      return found;
    },
    decide(condition, target) {
      const level = condition.guarded ? 1 : 0;
      if (condition.tree === null)
        return {answer: 'maybe', level, note: `condition ${short(condition.text)} is not decided`};
      const {answer, later} = decide(condition.tree, (path) => fact(path, target), now);
      if (answer === 'yes') return {answer, level, note: `condition ${short(condition.text)} holds`};
      return {
        answer,
        level,
        note: later
          ? `condition ${short(condition.text)} does not hold yet`
          : `condition ${short(condition.text)} is not decided`,
      };
    },
  };
}

function readCondition(text: string): Condition {
  const tree = parseCondition(text);
  const guarded = /access_levels|destination\.|request\.host/.test(text);
  if (tree === null || !isWhole(tree))
    return {text, tree, narrows: /\bresource\b/.test(text), byName: /resource\.name/.test(text), guarded};
  return {
    text,
    tree,
    narrows: mentions(tree, 'resource.'),
    byName: mentions(tree, 'resource.name'),
    guarded,
  };
}

function fact(path: string, {service, type, name}: Target): TextFact | null {
  if (path === 'resource.service') return service === null ? null : {spellings: [service]};
  if (path === 'resource.type') return type === null ? null : {spellings: [type]};
  return path === 'resource.name' ? name : null;
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return `\`${line.length > 120 ? `${line.slice(0, 117)}…` : line}\``;
}

/** Certainty of a right whose condition was answered. */
export function certaintyOf(answer: Exclude<Answer, 'no'>, otherwise: Certainty): Certainty {
  return answer === 'maybe' && otherwise === 'certain' ? 'conditional' : otherwise;
}

/** Services that tell a condition the resource's service, type and name; for others such attributes are not decided. */
const TELLING = new Set([
  'bigquery.googleapis.com',
  'bigtableadmin.googleapis.com',
  'cloudkms.googleapis.com',
  'cloudresourcemanager.googleapis.com',
  'compute.googleapis.com',
  'container.googleapis.com',
  'secretmanager.googleapis.com',
  'spanner.googleapis.com',
  'sqladmin.googleapis.com',
  'storage.googleapis.com',
]);

/** The target of a permission over all workloads of one native type; `part` is the type of what the request names below one. */
export function typeTarget(nativeType: string, part: string | undefined): Target {
  const service = nativeType.split('/')[0]!;
  if (!TELLING.has(service)) return {service: null, type: null, name: null};
  return {service, type: part ?? (nativeType.includes('/') ? nativeType : null), name: null};
}

/** The target of a permission over one workload. */
export function workloadTarget(
  workload: Workload,
  part: string | undefined,
  scopes: Scopes,
  context: BuildContext,
): Target {
  const target = typeTarget(workload.nativeType, part);
  if (target.service === null) return target;
  return {...target, name: {spellings: spellingsOf(workload.id, scopes, context), below: part !== undefined}};
}

/** The way conditions name a resource, by its full resource name: buckets by `_`, all else by path; projects by id and number. */
function spellingsOf(id: string, scopes: Scopes, {containers}: BuildContext): string[] {
  const bucket = /^gcp:\/\/storage\.googleapis\.com\/([^/]+)$/.exec(id)?.[1];
  if (bucket !== undefined) return [`projects/_/buckets/${bucket}`];
  const path = id.replace(/^gcp:\/\/[^/]+\//, '');
  const project = /^projects\/([^/]+)\//.exec(path)?.[1];
  const container = project === undefined ? null : scopes.container(`projects/${project}`);
  if (project === undefined || container === null) return [path];
  const names = [container, ...(containers.get(container)?.aliases ?? [])].map((name) =>
    name.replace(/^gcp:projects\//, ''),
  );
  return [...new Set([project, ...names])].map(
    (name) => `projects/${name}${path.slice(`projects/${project}`.length)}`,
  );
}
