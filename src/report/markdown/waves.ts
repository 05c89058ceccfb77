import type {PlanRun} from '../../model/plan.ts';
import {some} from '../facts.ts';
import {applicationsOf, copyText, egressText, gibText, trafficText} from '../wave-facts.ts';
import {escape, table} from './escape.ts';

/** The moves in waves, and what is to be done before each. */
export function waveTable({waves: plan, decisions}: PlanRun): string {
  if (!plan) return 'Nothing should move.';
  const applications = applicationsOf(plan, decisions);
  const rows = plan.waves.map((wave, k) => [
    String(wave.number),
    wave.date ?? '–',
    String(wave.workloads.length),
    escape(some(applications[k]!)),
    escape(some(wave.routes.map(({from, to, workloads}) => `${from ?? 'unknown'} → ${to} (${workloads})`))),
    copyText(wave.copy),
    escape(egressText(wave.egress)),
    trafficText(wave.after),
    wave.least === null ? '–' : `${gibText(wave.least)} GiB`,
  ]);
  const header = [
    'Wave',
    'Day',
    'Moves',
    'What',
    'From → to',
    'Copy',
    'Moving out',
    'Between sites per month, afterwards',
    'Least possible',
  ];
  const needs = plan.waves.flatMap(({number, needs}) =>
    needs.map(({text, owner, workloads}) => [
      String(number),
      escape(text),
      String(workloads),
      escape(owner ?? 'nobody named'),
    ]),
  );
  const before = table(['Before wave', 'What to do', 'Workloads', 'Who'], needs);
  return [
    `${escape(plan.statement)} Today ${trafficText(plan.today)} a month flow between sites, at the end ${trafficText(plan.final)}, of flows with an end that moves.`,
    table(header, rows),
    before,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
