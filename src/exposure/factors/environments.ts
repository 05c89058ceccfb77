import type {Container, Estate} from '../../model/estate.ts';
import type {RiskFactors} from './parameters.ts';

export type Environment = 'production' | 'nonProduction';

/** A tagged thing: the environment, and the tag that says so. */
export interface Stated {
  environment: Environment;
  /** `env=prod` or `env=prod of container <name>`. */
  because: string;
}

interface Tagged {
  tags?: Record<string, string>;
  container: string | null;
}

/** Tells the environment of principals and workloads by their tags, else by those of the containers around them. */
export function environmentsOf(
  estate: Estate,
  {environments}: RiskFactors,
): (thing: Tagged) => Stated | null {
  const keys = new Set(environments.tags.map(folded));
  const production = new Set(environments.production.map(folded));
  const other = new Set(environments.nonProduction.map(folded));
  const containers = new Map(estate.containers.map((one) => [one.id, one]));
  const memo = new Map<string, Stated | null>();
  const ofTags = (tags: Record<string, string> | undefined): Stated | null => {
    for (const [key, value] of Object.entries(tags ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (!keys.has(folded(key))) continue;
      const word = folded(value);
      if (production.has(word)) return {environment: 'production', because: `${key}=${value}`};
      if (other.has(word)) return {environment: 'nonProduction', because: `${key}=${value}`};
    }
    return null;
  };
  const ofContainer = (id: string | null): Stated | null => {
    const seen: Container[] = [];
    let found: Stated | null = null;
    for (let at = id; at !== null && seen.length < 64;) {
      const known = memo.get(at);
      if (known !== undefined) {
        found = known;
        break;
      }
      const container = containers.get(at);
      if (container === undefined) break;
      seen.push(container);
      const stated = ofTags(container.tags);
      if (stated !== null) {
        found = {...stated, because: `${stated.because} of ${container.kind} ${container.name}`};
        break;
      }
      at = container.parent;
    }
    for (const container of seen) memo.set(container.id, found);
    return found;
  };
  return ({tags, container}) => ofTags(tags) ?? ofContainer(container);
}

function folded(text: string): string {
  return text.trim().toLowerCase().replaceAll(/[-_ ]/g, '');
}
