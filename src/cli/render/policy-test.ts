import type {Place} from '../../model/common.ts';
import type {CaseResult} from '../../policy/test/run.ts';
import {placeText} from '../place-text.ts';
import {plain} from '../plain.ts';
import type {PolicyTestReport} from '../test-policies.ts';

/** For people: what failed, what is not covered, which faults nobody noticed. */
export function renderPolicyTests({cases, total, failed, coverage, mutation}: PolicyTestReport): string {
  const lines = cases
    .filter(({passed}) => !passed)
    .flatMap(({test, name, place, problems}) => [
      `FAILED ${test}: ${name}  ${placeText(place)}`,
      ...problems.map((problem) => `  ${problem}`),
    ]);
  for (const {rule, place, shown} of coverage.rules.filter(({covered}) => !covered))
    lines.push(
      `not covered  ${rule}: ${shown.length > 0 ? `only ${shown.join(', ')} shown` : 'no case'}  ${placeText(place)}`,
    );
  for (const {rule, place, change} of mutation?.survivors ?? [])
    lines.push(`survived  ${placeText(place)}  ${rule}: ${change}`);
  lines.push(
    `${total - failed} of ${total} cases passed, ${coverage.covered} of ${coverage.total} rules covered (${coverage.percent} %)`,
  );
  if (mutation) lines.push(`${mutation.killed} of ${mutation.total} faults noticed`);
  return plain(lines.join('\n'));
}

/** Test Anything Protocol, version 14. */
export function policyTestsAsTap(report: PolicyTestReport): string {
  const points = pointsOf(report);
  const lines = points.flatMap(({name, problems, place}, index) => {
    const title = `${problems.length > 0 ? 'not ok' : 'ok'} ${index + 1} - ${name.replaceAll(/[\\#]/g, String.raw`\$&`)}`;
    if (problems.length === 0) return [title];
    return [
      title,
      '  ---',
      `  at: ${JSON.stringify(placeText(place))}`,
      '  problems:',
      ...problems.map((problem) => `    - ${JSON.stringify(problem)}`),
      '  ...',
    ];
  });
  return plain(['TAP version 14', `1..${points.length}`, ...lines].join('\n'));
}

/** JUnit XML as CI servers read it: one suite per test document, one for faults. */
export function policyTestsAsJunit(report: PolicyTestReport): string {
  const points = pointsOf(report);
  const suites = new Map<string, Point[]>();
  for (const point of points) suites.set(point.suite, [...(suites.get(point.suite) ?? []), point]);
  const failures = (list: Point[]): number => list.filter(({problems}) => problems.length > 0).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bulkhead policy test" tests="${points.length}" failures="${failures(points)}">`,
    ...[...suites].flatMap(([suite, list]) => [
      `  <testsuite name="${xml(suite)}" tests="${list.length}" failures="${failures(list)}">`,
      ...list.flatMap(caseXml),
      '  </testsuite>',
    ]),
    '</testsuites>',
  ].join('\n');
}

interface Point {
  suite: string;
  name: string;
  place: Place;
  problems: string[];
}

/** Cases, and every fault that survived as a failed point of its own. */
function pointsOf({cases, mutation}: PolicyTestReport): Point[] {
  const survivors = (mutation?.survivors ?? []).map(({rule, place, change}) => ({
    suite: 'faults',
    name: `${rule}: ${change}`,
    place,
    problems: ['no case notices this fault'],
  }));
  return [...cases.map(pointOf), ...survivors];
}

function pointOf({test, name, place, problems}: CaseResult): Point {
  return {suite: test, name: `${test}: ${name}`, place, problems};
}

function caseXml({suite, name, place, problems}: Point): string[] {
  const {file = '', line = 1} = place;
  const open = `    <testcase classname="${xml(suite)}" name="${xml(name)}" file="${xml(file)}" line="${line}"`;
  if (problems.length === 0) return [`${open}/>`];
  return [
    `${open}>`,
    `      <failure message="${xml(problems[0]!)}">${xml([placeText(place), ...problems].join('\n'))}</failure>`,
    '    </testcase>',
  ];
}

/** Escapes text for XML 1.0; characters it cannot hold become the replacement character. */
function xml(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
