import type {Access} from '../../explain/access.ts';
import type {Chain} from '../../explain/chain.ts';
import type {Explanation} from '../../explain/explain.ts';
import type {FindingExplanation} from '../../explain/finding.ts';
import type {IdentityExplanation} from '../../explain/identity.ts';
import type {RuleExplanation} from '../../explain/rule.ts';
import type {ExceptionMark} from '../../model/policy.ts';
import type {WorkloadExplanation} from '../../explain/workload.ts';
import type {PathStep} from '../../model/exposure.ts';
import {findingsText} from '../findings-text.ts';
import {placeText} from '../place-text.ts';
import {plainLine} from '../plain.ts';
import {points, renderDecision} from './decision.ts';
import type {AxisReplay} from '../../sensitivity/replay.ts';
import {intervalText, LEVELS, levelText} from './score.ts';

/** One explanation as text: headings, indented lines, a chain per reach. */
export function renderExplanation(explanation: Explanation): string {
  const {subject} = explanation;
  const head = `${subject.kind} ${subject.name}${subject.id === subject.name ? '' : `  (${subject.id})`}`;
  return [head, ...body(explanation)].map(plainLine).join('\n');
}

function body(explanation: Explanation): string[] {
  if ('workload' in explanation) return workloadLines(explanation);
  if ('rule' in explanation) return ruleLines(explanation);
  if ('occurrences' in explanation) return findingLines(explanation);
  return identityLines(explanation);
}

function workloadLines({
  workload,
  provenance,
  sensitivity,
  exposure,
  ...rest
}: WorkloadExplanation): string[] {
  const facts = [
    workload.type,
    workload.nativeType,
    workload.region,
    workload.application && `application ${workload.application}`,
    workload.state,
  ];
  const name = nameIn(rest.names);
  const needs = (['c', 'i', 'a'] as const).map(
    (axis) => `${axis.toUpperCase()} ${levelText(sensitivity[axis])}`,
  );
  return [
    `  ${facts.filter(Boolean).join(' · ')}`,
    ...provenance.slice(0, 3).map(({place}) => `  read from ${placeText(place)}`),
    '',
    `Sensitivity  ${needs.join(' · ')}${sensitivity.categories.length > 0 ? ` · ${sensitivity.categories.join(', ')}` : ''}`,
    ...rest.replay.flatMap((axis) => replayLines(axis, name)),
    ...(sensitivity.evidence.length === 0
      ? ['  nothing says how sensitive it is: planned at the need unknowns are planned at']
      : []),
    '',
    `Shared-identity blast radius  ${intervalText(exposure.sibr)}  = inbound ${intervalText(exposure.inbound)}, shared fate ${intervalText(exposure.sharedFate)}, outbound ${intervalText(exposure.outbound)}`,
    ...exposure.contributions
      .slice(0, 6)
      .map(
        (part) =>
          `  ${part.percent.toFixed(0).padStart(3)} %  ${part.factor} ${part.kind}${part.root ? `, ${name(part.root)}` : ''}`,
      ),
    ...chainLines('Reached by', rest.reachedBy, rest.reachedByTotal, name),
    ...accessLines('Who can', rest.access),
    ...chainLines('Falls with it', rest.reaches, rest.reachesTotal, name),
    ...(rest.decision ? ['', ...renderDecision(rest.decision, name, rest.currency)] : []),
    ...rest.combined.map(({statement, moves}) => {
      const own = moves.find((move) => move.workload === workload.id)!;
      return `  decouple, then move: ${statement} Of this, ${workload.name} gains ${points(own.gain)} at ${own.site}.`;
    }),
  ];
}

/** `C decides high by tag …`, then why; a need taken over with the workloads it came over, nearest first. */
function replayLines({axis, steps, open}: AxisReplay, name: (id: string) => string): string[] {
  const lines = steps.map(({effect, level, rank, source, confidence, because, chain = []}) => {
    const way = chain
      .map(({workload, relation}) => `${name(workload)} over ${relation}`)
      .join(', itself from ');
    const notes = [
      because,
      ...(way === '' ? [] : [`from ${way}`]),
      ...(rank === null ? [] : [`rank ${rank}`, `confidence ${confidence.toFixed(2)}`]),
    ];
    return `  ${axis.toUpperCase()} ${effect.padEnd(10)} ${LEVELS[level]} by ${source} (${notes.join('; ')})`;
  });
  return [...lines, ...open.map((text) => `  ${axis.toUpperCase()} unknown    ${text} (says nothing)`)];
}

function identityLines({exposure, admin, controls, ...rest}: IdentityExplanation): string[] {
  const name = nameIn(rest.names);
  return [
    ...(exposure
      ? [
          `  blast radius ${intervalText(exposure.blastRadius)} of 100 · ${intervalText(exposure.share)} % of the value · ${exposure.workloads} workloads`,
        ]
      : []),
    `  administrator of something whole: ${admin}`,
    ...chainLines('Controls', controls, controls.length, name),
    ...chainLines('Reaches', rest.reaches, rest.reachesTotal, name),
    ...accessLines('Can', rest.access),
    ...chainLines('Reached by', rest.reachedBy, rest.reachedByTotal, name),
  ];
}

function ruleLines({rule, outcomes, cases, casesTotal, statements}: RuleExplanation): string[] {
  return [
    `  ${rule.effect} · ${rule.severity}${rule.enforcement ? ` · ${rule.enforcement}` : ''} · ${placeText(rule.place)}${rule.broken ? ' · BROKEN: outcome unknown everywhere' : ''}`,
    ...(rule.source
      ? [
          `  source: ${rule.source.title}, ${rule.source.date}${rule.verification ? ` (${rule.verification})` : ''}`,
        ]
      : []),
    ...indicatorLine(rule),
    '',
    ...outcomes.map(
      (row) =>
        `  ${row.site}: ${row.pass} pass, ${row.fail} fail, ${row.unknown} unknown, ${row['not-applicable']} not applicable`,
    ),
    ...(statements.length > 0 ? ['', '  Stated about the sites'] : []),
    ...statements.map(
      ({site, name, value, evidence, asOf}) =>
        `  ${site}: ${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}  (${evidence}, checked ${asOf})`,
    ),
    '',
    ...cases.map(
      (item) =>
        `  ${item.outcome}  ${item.name} at ${item.site}: ${item.text}${item.missing ? ` (missing ${item.missing})` : ''}${item.excepted ? exceptionText(item.excepted) : ''}`,
    ),
    ...(casesTotal > cases.length ? [`  … ${casesTotal - cases.length} more`] : []),
  ];
}

/** A rule that stands for controls of a framework says what its outcomes mean there, and what they do not. */
function indicatorLine({mappings = [], asOf}: RuleExplanation['rule']): string[] {
  if (mappings.length === 0) return [];
  const controls = mappings.map(({framework, control}) => `${framework} ${control}`).join(', ');
  const facts = asOf ? ` · facts as of ${asOf}` : '';
  return [
    `  indicator for ${controls}${facts}: pass = met, fail = not met, unknown = not known; it certifies nothing`,
  ];
}

/** Which exception covers a failure, who answers for it and until when. */
function exceptionText({id, owner, expiresOn, category}: ExceptionMark): string {
  return ` [exception ${id}: ${category}, ${owner}, until ${expiresOn}]`;
}

function findingLines({subject, occurrences}: FindingExplanation): string[] {
  if (occurrences.length === 0) return ['  does not occur in this run'];
  return [
    `  ${subject.name}, ${occurrences.length} in this run`,
    ...findingsText(occurrences, {verbose: true, hint: ''}).split('\n'),
  ];
}

/** How many per capability, and the surest three by name. */
function accessLines(title: string, access: Access): string[] {
  const lines = (['read', 'write', 'destroy'] as const).map((capability) => {
    const {total, ends} = access[capability];
    const shown = ends.slice(0, 3).map(({name, certainty, control}) => {
      const notes = [
        ...(control ? [] : ['without control']),
        ...(certainty === 'certain' ? [] : [certainty]),
      ];
      return `${name}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
    });
    const rest = total - shown.length;
    return `  ${capability}  ${total}${total > 0 ? `: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}` : ''}`;
  });
  return ['', title, ...lines];
}

/** Name of an id where there is one, else the id; sites are called what they are. */
function nameIn(names: Record<string, string>): (id: string) => string {
  return (id) => (Object.hasOwn(names, id) ? names[id]! : id);
}

function chainLines(title: string, chains: Chain[], total: number, name: (id: string) => string): string[] {
  if (chains.length === 0) return ['', `${title}: nothing`];
  const lines = chains.flatMap((chain) => [
    `  ${chain.name} (${chain.kind}) level ${chain.level}, ${chain.certainty}${chain.control ? '' : ', access without control'}`,
    ...chain.path.map((step) => `      ${stepText(step, name)}`),
  ]);
  return [
    '',
    `${title} (${total})`,
    ...lines,
    ...(total > chains.length ? [`  … ${total - chains.length} more: --limit ${total}`] : []),
  ];
}

/** One step; access says which, and a step into an AND-gate which of its inputs it is. */
function stepText({from, to, edge, evidence, caps, input}: PathStep, name: (id: string) => string): string {
  const kind = caps ? `${edge} (${caps.join(', ')})` : edge;
  const gate = input ? `   [input ${input.number} of ${input.of}]` : '';
  return `${name(from)} –${kind}→ ${name(to)}${gate}   ${evidence}`;
}
