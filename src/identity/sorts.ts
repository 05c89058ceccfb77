import type {Workload} from '../model/estate.ts';

/**
 * Whether a workload is of a sort a right may be limited to: `content` = any, a workload type (`vm`), a provider's native type
 * (`storage.googleapis.com/Bucket`), or a service, which is the part of native types before the slash.
 */
export function isOfSort({type, nativeType}: Pick<Workload, 'type' | 'nativeType'>, sort: string): boolean {
  return sort === 'content' || sort === type || sort === nativeType || nativeType.startsWith(`${sort}/`);
}
