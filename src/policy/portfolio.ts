import type {PortfolioLimit} from '../model/policy.ts';
import type {Site} from '../model/site.ts';
import {columnKeys, type ColumnStore} from './columns.ts';
import {type EnvironmentBuilder, workloadPlan} from './environment.ts';
import type {CompiledPortfolio} from './portfolio-limit.ts';
import {unknownAxes} from './worlds.ts';

/** What each workload counts. Workloads equal in all fields that are read are evaluated once. */
export function evaluatePortfolio(
  constraints: readonly CompiledPortfolio[],
  store: ColumnStore,
  builder: EnvironmentBuilder,
): PortfolioLimit[] {
  return constraints.map(({limit, groupBy, over, measure, engine, parameters}) => {
    const params = engine.object('Params', parameters.values);
    const reads = [over, measure].flatMap((part) => part?.reads ?? []);
    const plan = workloadPlan(reads);
    const axes = plan.flatMap(({axis}) => (axis ? [axis] : []));
    const {context} = store;
    const {tupleOf, representatives} = store.tuples(columnKeys(reads).toSorted());
    const amounts = Array.from(representatives, (w) => {
      // Unknown needs are taken at the level the plan takes them at.
      const unknown = unknownAxes(context, w, axes);
      const planned = Object.fromEntries(unknown.map((axis) => [axis, context.unknownAs]));
      const environment = {...builder.of(plan, w, null, planned), params};
      const concerned = over ? over.evaluate(environment) : true;
      if (concerned === false) return 0;
      const value = measure ? measure.evaluate(environment) : 1;
      const number = typeof value === 'bigint' ? Number(value) : value;
      const usable =
        concerned === true && typeof number === 'number' && Number.isFinite(number) && number >= 0;
      return usable ? number : Number.NaN;
    });
    return {
      ...limit,
      groupOf: context.sites.map((site) => groupOf(site, groupBy)),
      measure: Float64Array.from(tupleOf, (tuple) => amounts[tuple]!),
    };
  });
}

function groupOf(site: Site, groupBy: CompiledPortfolio['groupBy']): string | null {
  return site[groupBy.slice('site.'.length) as keyof Site & GroupField];
}

type GroupField = 'providerGroup' | 'provider' | 'country' | 'region' | 'kind' | 'id';
