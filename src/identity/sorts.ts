import type {Workload} from '../model/estate.ts';

/**
 * Whether a workload is of a sort a right may be limited to: `content` = any, a workload type (`vm`), a provider's native type
 * (`storage.googleapis.com/Bucket`), or a service, which is the part of native types before the slash. A field may follow:
 * `microsoft.keyvault/vaults?rbac=true`; with nothing behind `=` it is not in the source.
 */
export function isOfSort(
  workload: Pick<Workload, 'type' | 'nativeType' | 'attributes'>,
  sort: string,
): boolean {
  const {type, nativeType, attributes} = workload;
  const mark = sort.indexOf('?');
  if (mark >= 0) {
    const [field = '', value = ''] = sort.slice(mark + 1).split('=');
    return isOfSort(workload, sort.slice(0, mark)) && String(attributes[field] ?? '') === value;
  }
  return sort === 'content' || sort === type || sort === nativeType || nativeType.startsWith(`${sort}/`);
}
