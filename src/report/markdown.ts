import type {PlanRun} from '../model/plan.ts';
import {escape} from './markdown/escape.ts';
import {count} from './facts.ts';
import {migrationSentence} from './migration-facts.ts';
import {decisionTable, findingTable, moveTable, pointlessList} from './markdown/decisions.ts';
import {exceptionTable} from './markdown/exceptions.ts';
import {combinedList, cutFirstList, residualTable, rootSentence} from './markdown/roots.ts';
import {tradeoffSection} from './markdown/trade-offs.ts';
import {gapTable, parameterBlock, proof, sourceTable} from './markdown/basis.ts';
import {waveTable} from './markdown/waves.ts';

/**
 * A plan as one Markdown document for people: what should move and why, what gains nothing, which root to cut first, what
 * is unknown, what risk stays, and on what it rests. Names and texts of the inventory cannot inject markup. Long
 * tables are cut and say so: `run.json` has everything.
 */
export function renderPlanMarkdown(run: PlanRun): string {
  const sections: [string, string][] = [
    ['What should move, and why', moveTable(run)],
    ['Moves that gain nothing', pointlessList(run)],
    ['Cut these roots first', cutFirstList(run)],
    ...(run.combined ? ([['Decouple, then move', combinedList(run)]] as [string, string][]) : []),
    ...(run.waves ? [['Waves', waveTable(run)] as [string, string]] : []),
    ['What is unknown', gapTable(run)],
    ...exceptionSection(run),
    ...optional('What could be had instead, and how firm this is', tradeoffSection(run)),
    ['Residual risk per identity root', residualTable(run)],
    ['All decisions', decisionTable(run)],
    ['Findings', findingTable(run)],
    ['Proof', proof(run)],
    ['Sources', sourceTable(run)],
    ['Parameters', parameterBlock(run)],
  ];
  const body = sections.map(([title, content]) => `## ${title}\n\n${content}`);
  return `${[headline(run), ...body].join('\n\n')}\n`;
}

/** Left out where nobody ever wrote an exception. */
function exceptionSection(run: PlanRun): [string, string][] {
  const register = exceptionTable(run);
  return register === '' ? [] : [['Exceptions', register]];
}

function headline(run: PlanRun): string {
  const {summary, workspace} = run;
  const client = workspace.client ? ` for ${escape(workspace.client)}` : '';
  const lines = [
    `**${summary.moves} of ${count(summary.workloads, 'workload')} should move.** ${pointlessSentence(run)}`,
    rootSentence(run),
    migrationText(run),
    unknownSentence(run),
  ].filter((line) => line !== '');
  return [
    `# Placement plan ${escape(workspace.name)}${client}`,
    `Made ${escape(run.generatedAt)} by bulkhead ${escape(run.tool.version)}.`,
    lines.map((line) => `- ${line}`).join('\n'),
  ].join('\n\n');
}

function pointlessSentence({summary, decisions}: PlanRun): string {
  const raised = decisions.filter((decision) => decision.move && decision.exposure.gain < 0).length;
  const parts = [];
  if (summary.gainsNothing > 0) {
    parts.push(`${count(summary.gainsNothing, 'move')} would gain nothing until an identity root is cut`);
  }
  if (raised > 0) parts.push(`${count(raised, 'move')} ${raised === 1 ? 'raises' : 'raise'} exposure`);
  if (summary.blocked > 0) parts.push(`${count(summary.blocked, 'workload')} cannot be placed`);
  return parts.length > 0 ? `${parts.join('; ')}.` : '';
}

function unknownSentence({summary}: PlanRun): string {
  const parts = [];
  if (summary.unknownSensitivity > 0) {
    parts.push(`the need for protection of ${count(summary.unknownSensitivity, 'workload')} is unknown`);
  }
  if (summary.needsData > 0)
    parts.push(`${count(summary.needsData, 'decision')} may change with missing data`);
  if (parts.length === 0) return '';
  const text = parts.join(', and ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function migrationText(run: PlanRun): string {
  const sentence = migrationSentence(run);
  return sentence === '' ? '' : escape([sentence, run.migration?.note ?? ''].join(' ').trim());
}

/** A section that is left out when there is nothing in it. */
function optional(title: string, content: string): [string, string][] {
  return content === '' ? [] : [[title, content]];
}
