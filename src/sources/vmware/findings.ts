import type {Finding, Place, Severity} from '../../model/common.ts';

/** Problems of VMware exports, by code: severity, and what the reader can do. */
const CATALOGUE = {
  'BH-VMW-001': ['high', 'Export with the tab vInfo; without it there are no workloads.'],
  'BH-VMW-002': ['medium', 'Export again with VM ID and VI SDK columns, or remove the duplicate row.'],
  'BH-VMW-003': ['low', 'Export with the column VM ID (RVTools 3.8 and later) so that later exports match.'],
  'BH-VMW-004': ['medium', 'Correct the tag or custom attribute in vCenter and export again.'],
  'BH-VMW-005': [
    'high',
    'Change this secret: everyone with read access to the vCenter can see it. Then remove it.',
  ],
  'BH-VMW-006': ['low', 'Export the tab vHost of all vCenters.'],
  'BH-VMW-007': [
    'info',
    'Sign in with user and password, not single sign-on, and do not exclude tags or annotations.',
  ],
  'BH-VMW-008': [
    'medium',
    'Name the vCenter with `scope:` at this source in bulkhead.yaml, or export the VI SDK columns.',
  ],
  'BH-VMW-009': ['info', 'Export with the tab vMetaData, which states the RVTools version.'],
  'BH-VMW-010': ['medium', 'Correct the cell; the value counts as unknown.'],
  'BH-VMW-011': ['low', 'Give the workbook, or this tab together with vInfo.'],
  'BH-VMW-012': ['low', 'Give the VM a name in vCenter.'],
  'BH-VMW-013': ['low', 'Export full properties: `govc vm.info -json`, not only the summary.'],
} as const satisfies Record<string, readonly [Severity, string]>;

/** A finding of the VMware intake. */
export function vmwareFinding(code: keyof typeof CATALOGUE, message: string, where: Place): Finding {
  const [severity, remedy] = CATALOGUE[code];
  return {code, severity, message, where, remedy};
}
