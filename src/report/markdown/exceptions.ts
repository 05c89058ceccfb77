import type {PlanRun} from '../../model/plan.ts';
import {endText, exceptionRegister, type RegisterEntry} from '../exceptions.ts';
import {count, some} from '../facts.ts';
import {escape, table} from './escape.ts';

const STATE: Record<RegisterEntry['state'], string> = {
  ended: '**ended**',
  'ends-soon': '**ends soon**',
  void: '**without effect**',
  'in-force': 'in force',
  ignored: 'left out of this run',
};

/** The register of exceptions; empty when there is none. What an exception excuses stays visible, struck through. */
export function exceptionTable(run: PlanRun): string {
  const rows = exceptionRegister(run).map((entry) => {
    const {record, state, daysLeft} = entry;
    const by = record.approvedBy.length > 0 ? `, approved by ${record.approvedBy.join(', ')}` : '';
    const instead =
      record.compensatingControls.length > 0 ? ` Instead: ${record.compensatingControls.join('; ')}.` : '';
    return [
      escape(record.id),
      STATE[state],
      escape(`${record.owner}${by}`),
      `${escape(record.expiresOn)} (${endText(daysLeft)})`,
      escape(record.rules.join(', ')),
      `${escape(record.category)}: ${escape(record.reason)}${escape(instead) ? ` ${escape(instead)}` : ''}`,
      excuseText(entry),
    ];
  });
  const header = ['Exception', 'State', 'Owner', 'Ends', 'Rules', 'Why', 'What it excuses'];
  return table(header, rows);
}

function excuseText({excuses, state, restOnIt}: RegisterEntry): string {
  if (state === 'ended' || state === 'void') return 'nothing any more: its rules hold';
  if (state === 'ignored') return 'nothing in this run: its rules hold';
  if (excuses.length === 0) return 'nothing: its rules fail nowhere it covers';
  const failures = excuses.map(({by, text, where, workloads, sites}) => {
    const source = where ? ` (${escape(where)})` : '';
    return `~~${escape(by)}: ${escape(text)}~~${source} for ${escape(some(workloads))} at ${escape(some(sites))}`;
  });
  const placed =
    restOnIt === 0
      ? 'no workload is placed on its word'
      : `${count(restOnIt, 'workload')} placed on its word`;
  return `${failures.join('; ')}; ${placed}`;
}
