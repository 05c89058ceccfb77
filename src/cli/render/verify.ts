import {plain} from '../plain.ts';

/** What `verify` found, one line per check; inputs that are the same are only counted. */
export function renderVerification(report: {
  file: string;
  ok: boolean;
  checks: {name: string; status: string; detail: string}[];
  inputs: {file: string; role: string; status: string}[];
}): string {
  const same = report.inputs.filter((input) => input.status === 'same').length;
  const lines = [
    ...report.checks.map((check) => `${check.status.padEnd(11)} ${check.name}: ${check.detail}`),
    ...report.inputs
      .filter((input) => input.status !== 'same')
      .map((input) => `${input.status.padEnd(11)} input ${input.file}`),
    `${(same === report.inputs.length ? 'pass' : 'fail').padEnd(11)} inputs: ${same} of ${report.inputs.length} are the files the plan was made from`,
    '',
    report.ok
      ? `${report.file}: everything that was checked holds, for this model and these inputs`
      : `${report.file}: NOT verified`,
  ];
  return lines.map(plain).join('\n');
}
