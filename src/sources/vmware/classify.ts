/** Why a VM of an export is no workload; shared by all VMware formats. */
export interface VmTraits {
  name: string;
  template: boolean;
  srmPlaceholder: boolean;
  ftSecondary: boolean;
}

/** Agent VMs that vSphere itself keeps per cluster: `vCLS (1)`, `vCLS-4c4c4544-…`. */
const CLUSTER_AGENT = /^vCLS(?:[ -].*)?$/;

/** Ledger word for a VM that is not a workload, or null for a workload. Powered-off VMs are workloads. */
export function notAWorkload(vm: VmTraits): string | null {
  if (vm.template) return 'template';
  if (vm.srmPlaceholder) return 'SRM placeholder';
  if (vm.ftSecondary) return 'FT secondary';
  return CLUSTER_AGENT.test(vm.name) ? 'vCLS agent' : null;
}
