import {headerKey} from './fields.ts';
import type {Sheet} from './sheet.ts';

/** What the column `VM UUID` holds, which changed with 4.3.1: before, the SMBIOS UUID; since, the instance UUID. */
export type UuidMeaning = 'smbios' | 'instance' | 'unknown';

/** Headers of vInfo that came with a version at or after 4.3.1. */
const SINCE_INSTANCE = ['SMBIOS UUID', 'Folder ID', 'Total disk capacity MiB', 'FT Role', 'EFI Secure boot'];

/** Version text of vMetaData (`4.7.1.4`), or null. */
export function rvtoolsVersion(sheets: readonly Sheet[]): string | null {
  const metaData = sheets.find((sheet) => sheet.name === 'vMetaData');
  return metaData && metaData.table.rows.length > 0 ? metaData.text(0, 'rvtoolsVersion') : null;
}

/** By the stated version, else by headers that only one side of the change has. */
export function uuidMeaning(version: string | null, vInfo: Sheet | undefined): UuidMeaning {
  const [major, minor = 0, patch = 0] = (version ?? '').split('.').map(Number);
  if (major !== undefined && major > 0 && version?.includes('.')) {
    const exact = version.split('.').length >= 3;
    if (major !== 4) return major > 4 ? 'instance' : 'smbios';
    if (minor !== 3 || exact) return minor > 3 || (minor === 3 && patch >= 1) ? 'instance' : 'smbios';
  }
  const header = vInfo?.table.header ?? [];
  const keys = new Set(header.map((name) => headerKey(name)));
  if (SINCE_INSTANCE.some((name) => keys.has(headerKey(name)))) return 'instance';
  // Labels in MB ended with 4.1, long before the change.
  return header.some((name) => /\b(?:MB|KB)\b/.test(name)) ? 'smbios' : 'unknown';
}
