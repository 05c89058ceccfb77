import {findNode} from '../explain/nodes.ts';
import {indexGraph} from '../exposure/index-graph.ts';
import {type Route, type RouteOptions, routes} from '../exposure/routes.ts';
import type {Finding} from '../model/common.ts';
import {policyContext, type Scored} from '../pipeline.ts';
import {expressionProblems} from '../scenario/expression-problems.ts';
import {Failure} from './failure.ts';
import {renderRoutes} from './render/routes.ts';

/** What a person asked for, in their words. */
export interface PathQuestion extends Omit<RouteOptions, 'via'> {
  from: string;
  to: string | null;
  /** CEL over workloads instead of `to`. */
  where: string | null;
  via: string | null;
}

/** Ways to one end. */
export interface RoutesTo {
  to: string;
  name: string;
  routes: Route[];
}

/** Ways from one node to another, or the best way to each workload of a selection. */
export async function findPaths(scored: Scored, question: PathQuestion) {
  const {graph} = scored;
  const nodeOf = (text: string): string => {
    const match = findNode(graph, text);
    if ('problem' in match) throw new Failure(match.problem, {remedy: match.remedy});
    return match.id;
  };
  if ((question.to === null) === (question.where === null))
    throw new Failure(question.to === null ? 'no end named' : 'both TO and --to-where are given', {
      remedy: 'Name TO, or select workloads with --to-where.',
    });
  const from = nodeOf(question.from);
  const via = question.via === null ? null : nodeOf(question.via);
  if (question.to !== null && nodeOf(question.to) === from)
    throw new Failure('FROM and TO are the same node', {remedy: 'Name another end.'});
  const index = indexGraph(graph);
  const options = {mask: question.mask, maxLevel: question.maxLevel, via};
  const findings: Finding[] = [];
  const ends: RoutesTo[] = [];
  if (question.to !== null) {
    const to = nodeOf(question.to);
    ends.push({
      to,
      name: nameOf(scored, to),
      routes: routes(index, from, to, {...options, limit: question.limit}) ?? [],
    });
  } else {
    const chosen = await workloadsWhere(scored, question.where!);
    findings.push(...chosen.findings);
    for (const id of chosen.ids) {
      const best = routes(index, from, id, {...options, limit: 1}) ?? [];
      if (best.length > 0) ends.push({to: id, name: nameOf(scored, id), routes: best});
      if (ends.length === question.limit) break;
    }
  }
  const names = Object.fromEntries(
    graph.nodes.filter(({id, name}) => id !== name).map(({id, name}) => [id, name]),
  );
  return {
    document: {
      from,
      ...(question.to === null ? {where: question.where} : {to: ends[0]!.to}),
      via,
      results: ends,
    },
    text: () => renderRoutes(nameOf(scored, from), ends, (id) => names[id] ?? id, question.limit),
    findings,
  };
}

async function workloadsWhere(scored: Scored, where: string): Promise<{ids: string[]; findings: Finding[]}> {
  const {selectWorkloads} = await import('../policy/select.ts');
  const {matches, unknown, findings} = await selectWorkloads(where, policyContext(scored));
  if (findings.length > 0)
    throw new Failure('--to-where cannot be used', {
      findings: expressionProblems(findings).map((finding) => ({
        ...finding,
        where: {...finding.where, file: '--to-where'},
      })),
    });
  const ids = matches.map((w) => scored.estate.workloads[w]!.id);
  if (unknown.length === 0) return {ids, findings: []};
  const finding: Finding = {
    code: 'BH-PATH-001',
    severity: 'low',
    message: `workloads left out because a field of --to-where is not known for them: ${unknown.length}`,
    where: {file: '--to-where'},
    remedy: 'Add the missing fact, or test for it in the expression.',
  };
  return {ids, findings: [finding]};
}

function nameOf({graph}: Scored, id: string): string {
  return graph.nodes.find((node) => node.id === id)?.name ?? id;
}
