import type {Finding} from '../model/common.ts';

/** Collects findings of a file so that one fault repeated on every row stays readable. */
export interface LimitedFindings {
  add: (finding: Finding) => void;
  /** In the order of first occurrence; the last one named of a kind says how many more there are. */
  done(): Finding[];
}

/** Names at most `limit` findings of one code and column; the rest are counted. */
export function createLimitedFindings(limit = 5): LimitedFindings {
  const groups = new Map<string, {named: Finding[]; more: number}>();
  return {
    add: (finding) => {
      const key = `${finding.code} ${finding.where.sheet ?? ''} ${finding.where.column ?? ''}`;
      const group = groups.get(key) ?? {named: [], more: 0};
      if (group.named.length < limit) group.named.push(finding);
      else group.more++;
      groups.set(key, group);
    },
    done() {
      return [...groups.values()].flatMap(({named, more}) => {
        const last = named.at(-1);
        if (!last || more === 0) return named;
        return [...named.slice(0, -1), {...last, message: `${last.message} (and ${more} more like this)`}];
      });
    },
  };
}
