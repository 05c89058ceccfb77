import type {RootReach} from './inbound.ts';

/** Everything under one certainty mask, on the additive scale −ln(1−x/100) per workload. */
export interface Layer {
  reach: RootReach;
  inbound: Float64Array;
  sharedFate: Float64Array;
  outbound: Float64Array;
}

/** The same calculation on certain edges, with conditional ones, with unknown ones. */
export interface Layers {
  lo: Layer;
  value: Layer;
  hi: Layer;
}
