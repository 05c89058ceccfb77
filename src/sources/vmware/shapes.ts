import type {Decoded} from '../../model/decoded.ts';
import {field, isRow, pointer, someRow} from '../record.ts';
import type {Shape} from '../shape.ts';
import {isManagedObject, objectType} from './managed-object.ts';
import {mapObjects, type Located} from './objects.ts';
import {isRvtools, mapRvtools, RVTOOLS} from './rvtools/map.ts';

/** Lists that `govc … -json` puts its objects in, old and new spelling. */
const GOVC_LISTS = ['virtualMachines', 'VirtualMachines', 'hostSystems', 'HostSystems'];

/** VMware exports: RVTools, property dumps, govc. */
export const shapes: Shape[] = [
  {
    id: RVTOOLS,
    title: 'RVTools export (.xlsx, or one tab as CSV)',
    matches: isRvtools,
    map: mapRvtools,
  },
  {
    id: 'vmware.govc',
    title: '`govc vm.info -json`, `govc host.info -json`, or one VM as vSphere JSON',
    matches: (decoded) => govcObjects(decoded) !== null,
    map: (decoded, file, hints) =>
      mapObjects('vmware.govc', govcObjects(decoded) ?? allObjects(decoded), file, hints),
  },
  {
    id: 'vmware.vsphere-dump',
    title: 'vSphere property dump: a list of managed objects with all properties',
    matches: (decoded) => decoded.kind === 'json' && someRow(decoded.value, isManagedObject),
    map: (decoded, file, hints) => mapObjects('vmware.vsphere-dump', allObjects(decoded), file, hints),
  },
];

function govcObjects(decoded: Decoded): Located[] | null {
  if (decoded.kind !== 'json' || !isRow(decoded.value)) return null;
  const value = decoded.value;
  const lists = GOVC_LISTS.filter((name) => field(value, name) !== undefined);
  const found = lists.flatMap((name) => {
    const list = field(value, name);
    return (Array.isArray(list) ? list : []).map((object: unknown, i) => ({
      object,
      pointer: pointer('', name, i),
    }));
  });
  if (lists.length > 0) return found;
  const type = objectType(value);
  return type === 'VirtualMachineConfigInfo' || type === 'VirtualMachine'
    ? [{object: value, pointer: ''}]
    : null;
}

function allObjects(decoded: Decoded): Located[] {
  if (decoded.kind !== 'json') return [];
  const value = decoded.value;
  return Array.isArray(value)
    ? value.map((object: unknown, i) => ({object, pointer: pointer('', i)}))
    : [{object: value, pointer: ''}];
}
