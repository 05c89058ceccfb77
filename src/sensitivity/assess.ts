import type {Finding, Level, Outcome} from '../model/common.ts';
import type {Estate} from '../model/estate.ts';
import type {
  RootSet,
  SensitivityEvidence,
  SensitivityResult,
  SensitivityValue,
  WorkloadSensitivity,
} from '../model/sensitivity.ts';
import type {AxisResult} from './axis.ts';
import {readRegister} from './decisions.ts';
import {createEvidenceReader, identityHosts} from './evidence.ts';
import {type Classified, readClassifications} from './classifiers.ts';
import {cumulationFindings} from './cumulation-findings.ts';
import {aboveTags, contradictions, unmappedTags} from './findings.ts';
import {inflationEdge, inflationFindings} from './inflation.ts';
import {needGraph} from './relations.ts';
import type {SensitivityRules} from './rules.ts';
import {ownNeeds, settle} from './settle.ts';

export interface AssessOptions {
  /** Tag keys whose values a tag policy enforces: their values are statements, not suspicions. */
  governedTags: string[];
  /** Need at which an unknown axis is planned. */
  unknownAs: Level;
  /** Today, ISO 8601; decisions older than twelve months lose a rank. */
  now: string;
  /** What identity roots reach, for cumulation at them; left out = they are not looked at. */
  roots?: readonly RootSet[];
}

/** s per level of the highest axis. */
const WEIGHT: readonly [number, number, number, number] = [0, 0.2, 0.6, 1];

/**
 * Needs for protection of every workload, per axis, as a view over evidence: signed decisions, governed tags,
 * suspicions from names and types, what is taken over from others by the maximum and dependency principles, and what many
 * lower needs at one host, store or identity root add up to.
 */
export function assessSensitivity(
  estate: Estate,
  rules: SensitivityRules,
  options: AssessOptions,
): Outcome<SensitivityResult> {
  const count = estate.workloads.length;
  const register = readRegister(estate, rules, options.now);
  const reader = createEvidenceReader(rules, options.governedTags);
  const classified = readClassifications(estate, rules, options.now, (text) => reader.label(text));
  const identity = identityHosts(estate);
  const guards = new Uint8Array(count);
  const evidence: SensitivityEvidence[][] = [];
  const categories: string[][] = [];
  for (const [index, workload] of estate.workloads.entries()) {
    const own = reader.read(workload, identity.has(workload.id));
    const stated = register.byWorkload.get(workload.id);
    const found = classified.byWorkload.get(index);
    evidence.push([...(stated?.evidence ?? []), ...(found?.evidence ?? []), ...own.evidence]);
    const all = [...(stated?.categories ?? []), ...(found?.categories ?? []), ...own.categories];
    categories.push([...new Set(all)].sort());
    if (own.guards) guards[index] = 1;
  }
  const graph = needGraph(estate, guards);
  const {axes, cumulation} = settle(estate, graph, ownNeeds(evidence), rules, options.roots ?? []);
  const raised = new Uint8Array(count);
  for (const axis of axes) {
    for (const entry of axis.inherited) {
      evidence[entry.index]!.push(entry.evidence);
      if (entry.raises) raised[entry.index] = 1;
    }
  }
  const refused = refusals(axes);
  const workloads = estate.workloads.map(({id}, index): WorkloadSensitivity => {
    const [c, i, a] = axes.map((axis) => axis.values[index]!) as [
      SensitivityValue,
      SensitivityValue,
      SensitivityValue,
    ];
    return {
      workload: id,
      c,
      i,
      a,
      categories: categories[index]!,
      weight: weightOf(axes, index, options.unknownAs),
      criticality: register.byWorkload.get(id)?.criticality ?? 1,
      evidence: evidence[index]!,
      ...openOf(classified.byWorkload.get(index)),
      ...(refused.has(index) ? {refused: refused.get(index)!} : {}),
    };
  });
  const hosts = estate.hosts.map(({id}, index) => {
    const [c, i, a] = axes.map((axis) => axis.values[count + index]!) as [
      SensitivityValue,
      SensitivityValue,
      SensitivityValue,
    ];
    return {host: id, c, i, a};
  });
  const inflation = count === 0 ? 0 : raised.reduce((sum, flag) => sum + flag, 0) / count;
  const inflationBy = inflationEdge(axes, graph, estate);
  const findings: Finding[] = [
    ...register.findings,
    ...classified.findings,
    ...aboveTags(evidence, estate),
    ...unmappedTags(reader, estate),
    ...contradictions(axes, evidence, estate),
    ...cumulationFindings(cumulation, rules.limits.cumulation, estate),
    ...inflationFindings(inflation, rules.limits.inflation, inflationBy),
  ];
  return {value: {workloads, inflation, inflationBy, hosts, cumulation}, findings};
}

function openOf(classified: Classified | undefined): Pick<WorkloadSensitivity, 'open'> {
  return classified && classified.open.length > 0 ? {open: classified.open} : {};
}

/** What signed decisions did not let through, by workload. */
function refusals(axes: AxisResult[]): Map<number, NonNullable<WorkloadSensitivity['refused']>> {
  const refused = new Map<number, NonNullable<WorkloadSensitivity['refused']>>();
  for (const {axis, own, held} of axes) {
    for (const {index, level, from, relation} of held) {
      if (level <= own[index]!.level) continue;
      refused.set(index, [...(refused.get(index) ?? []), {axis, level, from, relation}]);
    }
  }
  return refused;
}

/**
 * s of the highest axis. A workload nobody has stated any need of is planned at least at `unknownAs`, whatever is merely
 * suspected. Once one axis is stated, the axes left open are data gaps that count as a normal need: a tag for
 * confidentiality alone makes an estate neither harmless nor all high.
 */
function weightOf(axes: AxisResult[], index: number, unknownAs: Level): number {
  const stated = axes.some((axis) => axis.own[index]!.decided);
  const levels = axes.map((axis) => axis.values[index]!.level ?? (stated ? 1 : unknownAs));
  return WEIGHT[Math.max(...levels, stated ? 0 : unknownAs) as Level];
}
