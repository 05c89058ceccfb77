import type {Host} from '../../../../src/model/estate.ts';
import type {GapAnswer} from '../../../../src/model/identity-facts.ts';
import type {AdDomain, VcenterSso} from '../../../../src/model/identity-declaration.ts';
import {AT, container, workload} from '../estate.ts';

export const VC = 'vmware:vc1';
export const CLUSTER = 'vmware:vc1/cl';
export const SSO = 'vcenter-sso:vsphere.local@vc1';

export function vm(name: string, more: Parameters<typeof workload>[2] = {}) {
  return workload(`vmware:vc1/${name}`, CLUSTER, {cloud: 'vmware', name, ...more});
}

export const containers = [
  container(VC, 'vcenter', null, null, 'vmware'),
  container(CLUSTER, 'cluster', VC, null, 'vmware'),
];

export function host(id: string, more: Partial<Host> = {}): Host {
  return {
    id,
    name: id,
    container: CLUSTER,
    cpuModel: null,
    hyperThreadingActive: null,
    version: null,
    biosDate: null,
    domain: null,
    ...more,
  };
}

export function domain(fqdn: string, more: Partial<AdDomain> = {}): AdDomain {
  return {fqdn, domainControllers: [], trusts: [], members: [], place: AT, ...more};
}

export function sso(more: Partial<VcenterSso> = {}): VcenterSso {
  return {domain: 'vsphere.local', vcenters: [VC], appliances: [], identitySources: [], place: AT, ...more};
}

export function answer(gap: string, given: 'yes' | 'no', date = '2026-11-01'): GapAnswer {
  return {gap, answer: given, by: 'admin', date, because: 'looked it up', place: AT};
}
