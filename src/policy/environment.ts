import type {Axis} from '../model/sensitivity.ts';
import type {FieldRead} from './analyse.ts';
import {columnKeys} from './columns.ts';
import type {PolicyContext} from './context.ts';
import {LEVELS} from './params.ts';
import {mentions, type CompiledPolicy, type PolicySet} from './parse.ts';
import {siteValues} from './site-values.ts';
import {NEED_AXES, needOf, readWorkload} from './workload-values.ts';
import type {World} from './worlds.ts';

/** Values of the variables an expression sees. `site` is set before each evaluation. */
export type Environment = Record<string, unknown>;

/** Builds engine values: sites, parameters and levels once, workloads only with the fields somebody reads. */
export class EnvironmentBuilder {
  readonly sites: unknown[];
  private readonly context: PolicyContext;
  private readonly engine: PolicySet['engine'];
  private readonly level: unknown;
  private readonly params: unknown[];
  private readonly noParams: unknown;
  /** Stands for an unknown current site: every field of it is missing. */
  private readonly nowhere: unknown;

  constructor(set: PolicySet, context: PolicyContext) {
    this.context = context;
    this.engine = set.engine;
    const cardholder = set.policies.some(({document}) => mentions(document.value, 'reachesCardholder'));
    this.sites = siteValues(context, {cardholder}).map((values) => set.engine.object('Site', values));
    this.nowhere = set.engine.object('Site', {});
    this.level = set.engine.object('Level', LEVELS);
    this.params = set.policies.map((policy) =>
      policy.engine.object('Params', effectiveParameters(policy, context)),
    );
    this.noParams = set.engine.withParams({}).object('Params', {});
  }

  /**
   * Environment of one workload with the fields of `plan`. Needs are taken from the world, else from what is known;
   * an unknown need without a world stays missing.
   */
  of(plan: WorkloadPlan, workload: number, policy: number | null, world: World['levels'] = {}): Environment {
    const {context} = this;
    const values: Record<string, unknown> = {};
    for (const {path, group, name, axis} of plan) {
      const value = axis
        ? (world[axis] ?? needOf(context, workload, axis).level)
        : readWorkload(context, path, workload);
      if (group === null) values[name] = value;
      else ((values[group] ??= {}) as Record<string, unknown>)[name] = value;
    }
    return {
      workload: this.engine.object('Workload', values),
      site: undefined,
      current: this.sites[context.siteOf[workload] ?? -1] ?? this.nowhere,
      params: policy === null ? this.noParams : this.params[policy],
      level: this.level,
      now: context.now,
    };
  }
}

/** Leaf fields to copy from a workload: `sensitivity.c` is group `sensitivity`, name `c`. */
export type WorkloadPlan = {path: string; group: string | null; name: string; axis: Axis | null}[];

export function workloadPlan(reads: readonly FieldRead[]): WorkloadPlan {
  const paths = columnKeys(reads).map((key) => (key.startsWith('tags\u0000') ? 'tags' : key));
  return [...new Set(paths)]
    .filter((path) => path !== 'current')
    .map((path) => {
      const dot = path.indexOf('.');
      return {
        path,
        group: dot < 0 ? null : path.slice(0, dot),
        name: dot < 0 ? path : path.slice(dot + 1),
        axis: NEED_AXES[path] ?? null,
      };
    });
}

function effectiveParameters(policy: CompiledPolicy, context: PolicyContext): Record<string, unknown> {
  const {values, types} = policy.parameters;
  if (context.logRetentionDays === undefined || types.logRetentionDays !== 'int') return values;
  return {...values, logRetentionDays: context.logRetentionDays};
}
