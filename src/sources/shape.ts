import type {Decoded, InputFile} from '../model/decoded.ts';
import type {Intake} from '../model/estate.ts';

/** Hints from the workspace that the file cannot give itself. */
export interface IntakeHints {
  /** Account, subscription, project or vCenter the file speaks for. */
  scope?: string;
}

/**
 * One recognised export. A provider folder exports an array of these; detection asks each in turn
 * with the opened file and takes the first that matches, so `matches` must be cheap and specific.
 */
export interface Shape {
  /** Format id, e.g. `azure.graph-query`, `aws.authorization-details`, `vmware.rvtools`. */
  id: string;
  /** For help and "what could this be" messages, e.g. `az graph query -q …`. */
  title: string;
  matches(decoded: Decoded, file: InputFile): boolean;
  /** Pure: opened file → facts. Never throws for bad input; everything odd is a finding or a ledger entry. */
  map(decoded: Decoded, file: InputFile, hints: IntakeHints): Intake;
}
