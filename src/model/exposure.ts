import type {Certainty, Interval, Place} from './common.ts';
import type {IdentityGap} from './identity-facts.ts';

/** The control graph: nodes by id, edges in attacker direction. Deterministic order. */
export interface IdentityGraph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** Missing inputs on which conditional and unknown edges hang, sorted by id. */
  gaps: IdentityGap[];
}

/** What access to an asset allows. */
export type Capability = 'read' | 'write' | 'destroy' | 'deny-service';

export interface GraphNode {
  id: string;
  kind: 'root' | 'container' | 'principal' | 'credential' | 'key' | 'gate' | 'host' | 'workload' | 'site';
  /** Root kind, container kind, principal kind or workload type. */
  subKind: string;
  name: string;
  /**
   * Gates only: how many different tails must be controlled before the gate opens (k of m). Its level is the k-th smallest
   * of max(level of the tail, level of the edge). Alternatives behind one input are a node of their own.
   */
  threshold?: number;
}

export interface GraphEdge {
  from: string;
  to: string;
  kind: string;
  level: 0 | 1 | 2 | 3;
  certainty: Certainty;
  evidence: string;
  /** `place` edges exist because of where the head stands and vanish when it moves; `workload` edges go along. */
  bound: 'place' | 'workload';
  place?: Place;
  /**
   * Present = access to the workload without control of it (sorted): its value is reached, but the path ends there.
   * Absent = control, which includes all capabilities.
   */
  caps?: Capability[];
  /** Id of the {@link IdentityGap} that would settle a conditional or unknown edge. */
  gap?: string;
}

/** One step of an evidence path. */
export interface PathStep {
  edge: string;
  from: string;
  to: string;
  level: 0 | 1 | 2 | 3;
  certainty: Certainty;
  evidence: string;
  /** Present = access without control of `to`; always the last step. */
  caps?: Capability[];
  /**
   * Present = `to` is an AND-gate and this is input `number` of the `of` it needs. The steps to each input stand before the
   * edge of that input, the inputs one after the other.
   */
  input?: {number: number; of: number};
}

/** Parameters of the score; printed with every result. Shipped in `policies/score/score.yaml`. */
export interface ScoreParameters {
  /** α for δ = 0,1,2,3; non-increasing, in [0,1]. Not probabilities. */
  attenuation: [number, number, number, number];
  /** h of φ(v) = 100·v/(v+h): value that makes a 50. */
  halfValue: number;
  /** ρ per root kind, ≤ 0.95; `default` for kinds not named. */
  rootWeight: Record<string, number>;
  /** a, b, c of SIBR; sum 1. */
  exponents: {inbound: number; sharedFate: number; outbound: number};
}

export interface RootExposure {
  id: string;
  kind: string;
  name: string;
  /** RB(r) = φ(V({r})), 0–100. */
  blastRadius: Interval;
  /** V({r}): sensitivity-weighted value at risk, unit: restricted-class workloads. */
  value: Interval;
  /** 100·V/Σw, per cent of the estate's value. */
  share: Interval;
  /** Number of workloads reached (certain + conditional). */
  workloads: number;
  /** Workloads reached with δ ≤ 1 by highest need 0..3. */
  byLevel: [number, number, number, number];
}

export interface WorkloadExposure {
  workload: string;
  sibr: Interval;
  inbound: Interval;
  sharedFate: Interval;
  outbound: Interval;
  /** P(d) = s·SIBR, 0–100. */
  priority: number;
  topRoot: string | null;
  /** Contributions in per cent of −ln(1−SIBR/100); sum to 100 when SIBR > 0. */
  contributions: {
    factor: 'inbound' | 'sharedFate' | 'outbound';
    kind: string;
    root: string | null;
    percent: number;
  }[];
}

export interface Exposure {
  parameters: ScoreParameters;
  /** Σ_d w(d) over the estate. */
  totalValue: number;
  /** Sorted by blast radius, then id. */
  roots: RootExposure[];
  /** In the order of `estate.workloads`. */
  workloads: WorkloadExposure[];
}
