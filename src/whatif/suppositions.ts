import type {Change} from '../exposure/what-if.ts';
import type {YamlDocument} from '../model/decoded.ts';
import type {PolicyFile} from '../policy/parse.ts';
import type {NeedChange} from './needs.ts';
import type {TagChange} from './tags.ts';

/**
 * What a run supposes instead of what its files say, by the document it changes. The pipeline applies each part where that
 * document enters, so that everything after it follows by itself. No file changes.
 */
export interface Suppositions {
  tags: readonly TagChange[];
  needs: readonly NeedChange[];
  /** Instead of the documents of the workspace; null = these. */
  sites: readonly YamlDocument[] | null;
  /** Instead of the policy files of the workspace; null = these. */
  policies: readonly PolicyFile[] | null;
  graph: readonly Change[];
}
