import type {PlanRun} from '../../model/plan.ts';
import {summarise, type ScreenModel} from '../../report/screen.ts';
import {plain} from '../plain.ts';
import {wrap} from '../wrap.ts';
import {points} from './decision.ts';
import {intervalText} from './score.ts';

const INDENT = '    ';

/** A plan on one screen: what should move and why, what gains nothing, the root that sinks most, what is unknown. */
export function renderPlan(run: PlanRun, written: string[], width: number): string {
  const screen = summarise(run);
  const blocks = [
    head(screen),
    moves(screen, width),
    pointless(screen, width),
    roots(screen, width),
    unknown(screen, width),
    foot(screen, written, width),
  ];
  return plain(
    blocks
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n'),
  );
}

function head(screen: ScreenModel): string[] {
  const rest = [
    screen.blocked > 0 && `${screen.blocked} cannot be placed`,
    screen.needsData > 0 && `${screen.needsData} need data first`,
  ].filter(Boolean);
  return [
    `${screen.workspace}: ${screen.moves} of ${screen.workloads} workloads should move${rest.length > 0 ? `, ${rest.join(', ')}` : ''}`,
  ];
}

function moves(screen: ScreenModel, width: number): string[] {
  if (screen.topMoves.length === 0) return ['MOVE  nothing: every workload is best where it is'];
  const lines = screen.topMoves.flatMap((move) => {
    const what = move.application ?? move.workloads[0]!;
    const count = move.workloads.length;
    const title = `${what}${count > 1 || move.application ? ` (${count === 1 ? move.workloads[0] : `${count} workloads`})` : ''}: ${move.from ?? '?'} → ${move.to}, ${move.effect}`;
    return [...wrap(title, width, '  ', INDENT), ...wrap(move.reason, width, INDENT, INDENT)];
  });
  return [
    'MOVE',
    ...lines,
    ...(screen.moreMoves > 0 ? [`  … ${screen.moreMoves} more groups: --output DIR writes them all`] : []),
  ];
}

function pointless(screen: ScreenModel, width: number): string[] {
  const {gainsNothing, cutFirst, raises} = screen;
  const lines = raises.flatMap((raise) =>
    wrap(`${raise.name} → ${raise.to} RAISES exposure by ${points(raise.by)}`, width, '  ', INDENT),
  );
  if (gainsNothing) {
    const {name, site, made, cutFirst: first, gainAfterCut, more} = gainsNothing;
    const cut = first ? `: cut ${first} first, then it gains ${points(gainAfterCut)}` : '';
    lines.push(
      ...wrap(
        `${name} → ${site}${made ? ' (a rule wants it)' : ''} gains nothing, the identity root goes along${cut}${more > 0 ? ` (and ${more} more like it)` : ''}`,
        width,
        '  ',
        INDENT,
      ),
    );
  }
  if (cutFirst)
    lines.push(
      ...wrap(
        `cut first: ${cutFirst.name} from ${cutFirst.from}: ${points(cutFirst.gain)} over ${cutFirst.workloads} workloads`,
        width,
        '  ',
        INDENT,
      ),
    );
  return lines.length > 0 ? ['GAINS NOTHING', ...lines] : [];
}

function roots({topRoot}: ScreenModel, width: number): string[] {
  if (!topRoot) return [];
  const {name, kind, before, after} = topRoot;
  const text = `${name} (${kind}): stolen, it takes a value of ${intervalText(before, 1)} today, ${intervalText(after, 1)} after the plan (1 = one workload of very high need)`;
  return ['SINKS MOST', ...wrap(text, width, '  ', INDENT)];
}

function unknown(screen: ScreenModel, width: number): string[] {
  if (screen.unknowns.length === 0) return [];
  const lines = screen.unknowns.flatMap((gap) =>
    wrap(
      `${gap.field}: ${gap.workloads} workloads${gap.owner ? `, ask ${gap.owner}` : ''}. ${gap.remedy}`,
      width,
      '  ',
      INDENT,
    ),
  );
  return ['UNKNOWN', ...lines, ...(screen.moreUnknowns > 0 ? [`  … ${screen.moreUnknowns} more`] : [])];
}

function foot(screen: ScreenModel, written: string[], width: number): string[] {
  return [
    ...wrap(`The plan is ${screen.optimality}.`, width, '', ''),
    ...written.map((file) => `wrote ${file}`),
  ];
}
