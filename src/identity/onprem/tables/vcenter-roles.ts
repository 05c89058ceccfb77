import type {Certainty} from '../../../model/common.ts';
import type {Capability} from '../../../model/exposure.ts';

/** What a role or privilege gives over an object of vCenter and what lies below it. */
export interface VcenterRight {
  over: 'control' | 'content' | 'vm';
  caps?: readonly Capability[];
  certainty?: Certainty;
  /** Why it is not certain. */
  but?: string;
}

const CONTROL: VcenterRight = {over: 'control'};
const MACHINES: VcenterRight = {over: 'vm'};
const CONSOLE: VcenterRight = {
  over: 'vm',
  certainty: 'conditional',
  but: 'the console asks for an account of the guest, unless it can be started from other media',
};

/**
 * Roles vCenter comes with, by name without spaces, case and "sample". An empty list = nothing that reaches a workload.
 * Role ids −1 … −5 are the same in every vCenter.
 */
export const VCENTER_ROLES: Readonly<Record<string, readonly VcenterRight[]>> = {
  '-1': [CONTROL],
  admin: [CONTROL],
  administrator: [CONTROL],
  '-2': [],
  readonly: [],
  '-3': [],
  view: [],
  '-4': [],
  anonymous: [],
  '-5': [],
  noaccess: [],
  nocryptoadmin: [CONTROL],
  nocryptographyadministrator: [CONTROL],
  nocryptonoadmin: [],
  trustedadmin: [],
  notrustedadmin: [CONTROL],
  virtualmachinepoweruser: [MACHINES],
  resourcepooladministrator: [MACHINES],
  virtualmachineuser: [CONSOLE, {over: 'vm', caps: ['deny-service']}],
  virtualmachineconsoleuser: [CONSOLE],
  vmwareconsolidatedbackupuser: [{over: 'vm', caps: ['read']}],
  datastoreconsumer: [],
  networkconsumer: [],
  networkadministrator: [],
  contentlibraryadministrator: [],
  inventoryserviceadministrator: [],
  taggingadmin: [],
};

/** What single privileges give, by pattern; for roles somebody made. */
export const VCENTER_PRIVILEGES: readonly {pattern: string; right: VcenterRight}[] = [
  {pattern: 'Authorization.ModifyPermissions', right: CONTROL},
  {pattern: 'Authorization.ModifyRoles', right: CONTROL},
  {pattern: 'Host.Config.*', right: {over: 'content'}},
  {pattern: 'Host.Local.ManageUserGroups', right: {over: 'content'}},
  // Disks of one machine hung into another: everything on them can be read and changed.
  {pattern: 'VirtualMachine.Config.AddExistingDisk', right: MACHINES},
  {pattern: 'VirtualMachine.Config.RawDevice', right: MACHINES},
  {
    pattern: 'VirtualMachine.Provisioning.DiskRandomAccess',
    right: {over: 'vm', caps: ['read', 'write', 'destroy']},
  },
  {pattern: 'VirtualMachine.Provisioning.DiskRandomRead', right: {over: 'vm', caps: ['read']}},
  {pattern: 'VirtualMachine.Provisioning.GetVmFiles', right: {over: 'vm', caps: ['read']}},
  {pattern: 'VirtualMachine.Provisioning.Clone*', right: {over: 'vm', caps: ['read']}},
  {pattern: 'VirtualMachine.Provisioning.PutVmFiles', right: {over: 'vm', caps: ['write']}},
  {
    pattern: 'VirtualMachine.GuestOperations.*',
    right: {over: 'vm', certainty: 'conditional', but: 'guest operations ask for an account of the guest'},
  },
  {pattern: 'VirtualMachine.Interact.ConsoleInteract', right: CONSOLE},
  {pattern: 'VirtualMachine.Interact.PowerOff', right: {over: 'vm', caps: ['deny-service']}},
  {pattern: 'VirtualMachine.Interact.Reset', right: {over: 'vm', caps: ['deny-service']}},
  {pattern: 'VirtualMachine.Interact.Suspend', right: {over: 'vm', caps: ['deny-service']}},
  {pattern: 'VirtualMachine.Inventory.Delete', right: {over: 'vm', caps: ['destroy']}},
  {pattern: 'VirtualMachine.State.RevertToSnapshot', right: {over: 'vm', caps: ['destroy']}},
  {pattern: 'Datastore.FileManagement', right: {over: 'vm', caps: ['read', 'write', 'destroy']}},
  {pattern: 'Datastore.DeleteFile', right: {over: 'vm', caps: ['destroy']}},
];

/** Key of a role name in {@link VCENTER_ROLES}. */
export function roleKey(name: string): string {
  if (/^-\d$/.test(name)) return name;
  return name
    .toLowerCase()
    .replace(/\(sample\)|\bsample\b/g, '')
    .replaceAll(/[^a-z0-9]/g, '');
}
