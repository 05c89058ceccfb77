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
  /**
   * DV(r), unit as `value`: what all roots together no longer reach once this root and every path through it is gone.
   * `lo` = lost whatever the conditional and unknown edges turn out to be, `hi` = most that can be lost. Present where it
   * was asked for (`roots`).
   */
  exclusive?: Interval;
}

/** All edges from one node to another, seen as one thing that can be cut. */
export interface ChokeEdge {
  from: string;
  to: string;
  /** Of the strongest of the edges; the others are counted in `parallel`. */
  kind: string;
  level: 0 | 1 | 2 | 3;
  certainty: Certainty;
  evidence: string;
  /** Further edges between the two nodes that must go as well. */
  parallel: number;
  /** Value that is out of reach of the root without it, unit: restricted-class workloads. */
  value: number;
  /** The same in per cent of the estate's value. */
  share: number;
}

/** A node most of what a root reaches depends on. */
export interface ChokeNode {
  id: string;
  kind: string;
  name: string;
  /** Value the root reaches only through this node, and in per cent of the estate's value. */
  value: number;
  share: number;
}

/**
 * Where cutting helps most against one root: counted over certain and conditional edges, exactly. Only edges somebody can
 * remove are named (rights, memberships, trusts, federation), not hierarchy and not what a provider is.
 */
export interface ChokePoints {
  /** The root the values are about; null = no root reaches anything over an edge that can be removed. */
  root: string | null;
  /** Other roots that rule this one directly and are ruled by it: the same cuts help against them. */
  sameAs: string[];
  /** V of the root before any cut, and in per cent of the estate's value. */
  before: {value: number; share: number};
  /**
   * The best set found of at most the asked number of edges. `value` is what each takes away after those before it (0 = only
   * together with a later one); the values sum to `together`.
   */
  edges: ChokeEdge[];
  /** What the whole set takes away, recomputed by a search without these edges. */
  together: {value: number; share: number};
  /** Edges by what each takes away alone, largest first. */
  single: ChokeEdge[];
  /** Nodes by what the root reaches only through them, largest first; the root itself is left out. */
  nodes: ChokeNode[];
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

/**
 * Whether the ranking depends on judgement: every weight (ρ of each root kind, α of each level, h, each exponent) is raised
 * and lowered by the same share, one at a time, and roots and workloads are ranked anew. α stays non-increasing and at most
 * 1, ρ at most 0.95, exponents are brought back to a sum of 1.
 */
export interface Stability {
  /** Places looked at from the top. */
  top: number;
  /** Share by which each weight was changed, 0.2 = ±20 %. */
  change: number;
  /** Weights that were changed, by their place in the ScoreParameters document. */
  parameters: string[];
  /** Changes after which a place of the top differs; empty = the ranking holds. */
  changes: {
    parameter: string;
    /** 1.2 or 0.8. */
    factor: number;
    /** Whose place differs, by place of today; counted from 1. */
    moved: {id: string; from: number; to: number}[];
  }[];
}
