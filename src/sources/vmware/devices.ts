import type {Workload} from '../../model/estate.ts';
import {field, text} from '../record.ts';
import {listAt, numberAt, property, textAt} from './managed-object.ts';

/** Facts of the virtual hardware that decide whether a VM can move as it is. */
export interface DeviceFacts {
  rawDeviceMapping: boolean;
  usbPassthrough: boolean;
  pciPassthrough: boolean;
  sharedDisk: boolean;
  /** Sum of disk capacities, MiB; null when there is no disk in the list. */
  diskMib: number | null;
}

/**
 * Reads `config.hardware.device`. camelCase exports name each type in `_typeName`; PascalCase ones do not, so the
 * properties only one type has decide (vSphere API: VirtualDevice and its backings).
 */
export function readDevices(config: unknown): DeviceFacts {
  const facts: DeviceFacts = {
    rawDeviceMapping: false,
    usbPassthrough: false,
    pciPassthrough: false,
    sharedDisk: false,
    diskMib: null,
  };
  for (const device of listAt(config, 'hardware', 'device')) {
    const type = text(field(device, '_typeName')) ?? '';
    const backing = property(device, 'backing');
    const backingType = text(field(backing, '_typeName')) ?? '';
    const has = (name: string) => property(backing, name) !== undefined && property(backing, name) !== null;
    const capacity = numberAt(device, 'capacityInKB');
    if (capacity !== null) facts.diskMib = (facts.diskMib ?? 0) + Math.round(capacity / 1024);
    if (/RawDisk/.test(backingType) || has('lunUuid') || has('compatibilityMode'))
      facts.rawDeviceMapping = true;
    if (textAt(backing, 'sharing') === 'sharingMultiWriter') facts.sharedDisk = true;
    if (/^(?:virtual|physical)Sharing$/.test(textAt(device, 'sharedBus') ?? '')) facts.sharedDisk = true;
    if (/^Virtual(?:PCIPassthrough|Sriov)/.test(type) || has('systemId') || has('vgpu'))
      facts.pciPassthrough = true;
    if (isPresent(property(device, 'sriovBacking'))) facts.pciPassthrough = true;
    if (type === 'VirtualUSB' || (type === '' && isPresent(property(device, 'family'))))
      facts.usbPassthrough = true;
  }
  return facts;
}

/** Writes what is true; absence in a full device list is no attribute, as in every other format. */
export function setDevices(workload: Workload, facts: DeviceFacts): void {
  for (const name of ['rawDeviceMapping', 'usbPassthrough', 'pciPassthrough', 'sharedDisk'] as const) {
    if (facts[name]) workload.attributes[name] = true;
  }
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && (!Array.isArray(value) || value.length > 0);
}
