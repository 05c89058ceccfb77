import type {PlanRun} from '../../model/plan.ts';
import {some} from '../../report/facts.ts';
import {migrationShort} from '../../report/migration-facts.ts';
import {summarise, type Pointless, type Route, type ScreenModel} from '../../report/screen.ts';
import {wavesLine} from '../../report/wave-facts.ts';
import {plain} from '../plain.ts';
import {wrap} from '../wrap.ts';
import {intervalText} from './score.ts';

const INDENT = '      ';
/** Entries per block; the rest is counted. */
const MOST = {routes: 5, pointless: 3, blocked: 2, unknowns: 3};

/** A plan on one screen: what should move and why, what gains nothing, the root that sinks most, what is unknown. */
export function renderPlan(run: PlanRun, written: string[], width: number): string {
  const screen = summarise(run);
  const blocks = [
    head(screen),
    block('MOVE  (identity exposure in points, today → planned)', screen.routes, MOST.routes, (route) =>
      routeLines(route, width),
    ),
    block('GAINS NOTHING', screen.pointless, MOST.pointless, (item) => pointlessLines(item, width)),
    block('CANNOT BE PLACED', screen.blocked, MOST.blocked, ({name, reason}) =>
      wrap(`${name}: ${reason}`, width, '  ', INDENT),
    ),
    cutAndSink(screen, width),
    wavesLines(run, width),
    block('UNKNOWN', screen.unknowns, MOST.unknowns, (gap) => {
      const ask = gap.owners.length > 0 ? ` Ask ${some(gap.owners)}.` : '';
      return wrap(`${gap.field} of ${some(gap.workloads)}: ${gap.remedy}${ask}`, width, '  ', INDENT);
    }),
    screen.exceptions === '' ? [] : wrap(`Exceptions: ${screen.exceptions}.`, width, '', INDENT),
    [
      ...wrap(`This plan is ${screen.optimality}. ${screen.siteChoice}`.trim(), width, '', ''),
      ...written.map((file) => `wrote ${file}`),
    ],
  ];
  return plain(
    blocks
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n'),
  );
}

function head(screen: ScreenModel): string[] {
  const parts = [
    `${screen.moves} of ${screen.workloads} workloads should move`,
    screen.blocked.length > 0 && `${screen.blocked.length} cannot be placed`,
    screen.needsData > 0 && `${screen.needsData} ${screen.needsData === 1 ? 'needs' : 'need'} data first`,
  ];
  return [`${screen.workspace}: ${parts.filter(Boolean).join(', ')}`];
}

function block<T>(title: string, items: T[], most: number, lines: (item: T) => string[]): string[] {
  if (items.length === 0) return [];
  const left = items.length - most;
  const more = left > 0 ? [`  … ${left} more: --output DIR writes them all`] : [];
  return [title, ...items.slice(0, most).flatMap(lines), ...more];
}

function routeLines(route: Route, width: number): string[] {
  const exposure = `${points(route.before)} → ${points(route.after)}`;
  const what = some(
    route.what.map(({name, workloads}) => (workloads > 1 ? `${name} (${workloads})` : name)),
    5,
  );
  const count = route.workloads === 1 ? '1 workload' : `${route.workloads} workloads`;
  return [
    ...wrap(
      `${route.from ?? 'no known site'} → ${route.to}: ${count}, ${exposure}: ${what}`,
      width,
      '  ',
      INDENT,
    ),
    ...wrap(`${reasonName(route.by)}${route.reason}`, width, INDENT, INDENT),
  ];
}

function pointlessLines(item: Pointless, width: number): string[] {
  const effect = item.gain < 0 ? `exposure even rises by ${points(-item.gain)}` : 'exposure stays';
  const demanded = item.by ? `, demanded by ${item.by}` : '';
  const move = item.made
    ? `${some(item.names)} → ${item.site}${demanded}: ${effect}`
    : `${some(item.names)} → ${item.site} would gain nothing, so it is not made`;
  const cut = item.cutFirst
    ? `. Decouple, then move: cut ${item.cutFirst} there first, then it gains ${points(item.gainAfterCut)}`
    : '';
  return wrap(`${move}, the identity roots go along${cut}.`, width, '  ', INDENT);
}

function cutAndSink({cutFirst, combined, pointless, topRoot}: ScreenModel, width: number): string[] {
  const lines: string[] = [];
  if (topRoot) {
    const text = `${topRoot.name}: stolen, it takes ${intervalText(topRoot.before, 1)} today and ${intervalText(topRoot.after, 1)} after the plan (1 = one workload of very high need)`;
    lines.push('SINKS MOST', ...wrap(text, width, '  ', INDENT));
  }
  // A cut is told once: beside the moves that need it, else with its moves, else alone.
  const told = pointless
    .slice(0, MOST.pointless)
    .map((item) => ({name: item.cutFirst, from: item.site}))
    .concat(combined ? [combined] : []);
  const again = (cut: {name: string; from: string}, before: number): boolean =>
    told.slice(0, before).some(({name, from}) => name === cut.name && from === cut.from);
  const listed = told.length - (combined ? 1 : 0);
  if (combined && !again(combined, listed))
    lines.push(...wrap(`Decouple, then move: ${combined.statement}`, width, '  ', INDENT));
  if (cutFirst && !again(cutFirst, told.length))
    lines.push(
      ...wrap(
        `Cut first: ${cutFirst.name} from ${cutFirst.from}, worth ${points(cutFirst.gain)} points over ${cutFirst.workloads} workloads`,
        width,
        '  ',
        INDENT,
      ),
    );
  return lines;
}

function wavesLines(run: PlanRun, width: number): string[] {
  if (!run.waves) return [];
  const parts = [wavesLine(run.waves), migrationShort(run)].filter((part) => part !== '');
  return ['WAVES', ...wrap(`${parts.join('; ')}. See: bulkhead waves`, width, '  ', INDENT)];
}

/** Rule ids are worth naming, kinds of reasons are not. */
function reasonName(by: string): string {
  return /^[A-Z]/.test(by) ? `${by}: ` : '';
}

/** Milli-points as whole points. */
function points(milliPoints: number): string {
  return Math.round(milliPoints / 1000).toLocaleString('en');
}
