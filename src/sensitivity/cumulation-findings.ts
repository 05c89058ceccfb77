import type {Finding} from '../model/common.ts';
import type {Estate} from '../model/estate.ts';
import type {Axis, Cumulation} from '../model/sensitivity.ts';
import {countText} from './axis.ts';

const AXIS_NAMES: Record<Axis, string> = {c: 'confidentiality', i: 'integrity', a: 'availability'};

/** One finding per point that raised something, and one where the guard stopped cumulation. */
export function cumulationFindings(cumulation: Cumulation, limit: number, estate: Estate): Finding[] {
  const {stopped} = cumulation;
  return [...raisedAt(cumulation, estate), ...(stopped ? [guard(stopped, limit)] : [])];
}

function raisedAt({points}: Cumulation, {workloads}: Estate): Finding[] {
  const names = new Map(workloads.map(({id, name}) => [id, name]));
  const byPoint = new Map<string, Cumulation['points']>();
  for (const point of points) {
    if (point.raised.length === 0) continue;
    const key = `${point.rule}\n${point.at.kind}\n${point.at.id}`;
    byPoint.set(key, [...(byPoint.get(key) ?? []), point]);
  }
  return [...byPoint.values()].map((same): Finding => {
    const [first] = same;
    const raised = [...new Set(same.flatMap((point) => point.raised))];
    const shown = raised.slice(0, 5).map((id) => names.get(id) ?? id);
    const more = raised.length > shown.length ? ` and ${raised.length - shown.length} more` : '';
    return {
      code: 'BH-SENS-030',
      severity: 'info',
      message: `${countText(first!)}: by \`${first!.rule}\` that adds up to one level more in ${same.map(({axis}) => AXIS_NAMES[axis]).join(' and ')} for ${shown.join(', ')}${more}`,
      where: {id: first!.at.id},
      remedy: `Where their damages do not add up, say so in a signed decision of the register, or switch \`${first!.rule}\` off.`,
    };
  });
}

function guard(stopped: NonNullable<Cumulation['stopped']>, limit: number): Finding {
  const [would, allowed] = [stopped.share, limit].map((share) => `${(100 * share).toFixed(0)} %`);
  const what =
    stopped.at === 'roots'
      ? 'identity roots do not count as points of cumulation in this run'
      : 'nothing is cumulated in this run';
  return {
    code: 'BH-SENS-031',
    severity: 'low',
    message: `cumulation would raise ${would} of the workloads, more than the ${allowed} allowed: ${what}`,
    where: {},
    remedy:
      'Raise `applications` of the cumulation rules until they single something out, or `limits.cumulation` of your sensitivity rules.',
  };
}
