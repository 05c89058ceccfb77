import type {Finding} from '../../../model/common.ts';
import type {InputFile} from '../../../model/decoded.ts';
import {vmwareFinding} from '../findings.ts';
import {UNIDENTIFIED} from '../vcenters.ts';
import type {UuidMeaning} from './era.ts';
import type {Sheet} from './sheet.ts';
import type {Vm} from './vms.ts';

/** What is to be said about an export as a whole: missing tabs, vCenter, tags, version. */
export function wholeFile(read: {
  file: InputFile;
  sheets: readonly Sheet[];
  vms: readonly Vm[];
  uuids: UuidMeaning;
}): Finding[] {
  const where = {file: read.file.display};
  const findings = missingTab(read.sheets, where);
  const kept = read.vms.filter((vm) => vm.kept);
  if (kept.some((vm) => vm.vcenter === UNIDENTIFIED)) {
    const message =
      'the export does not say which vCenter it is from, so its ids are not certain to be unique';
    findings.push(vmwareFinding('BH-VMW-008', message, where));
  }
  if (kept.length > 0 && read.sheets.every((sheet) => sheet.tagColumns.length === 0)) {
    const message = 'there are no tag or custom attribute columns: that is not the same as untagged VMs';
    findings.push(vmwareFinding('BH-VMW-007', message, where));
  }
  if (read.uuids === 'unknown' && kept.some((vm) => vm.workload.attributes['vmUuid'] !== undefined)) {
    const message = 'VM UUID may be the SMBIOS or the instance UUID: the RVTools version is not stated';
    findings.push(vmwareFinding('BH-VMW-009', message, where));
  }
  return findings;
}

function missingTab(sheets: readonly Sheet[], where: {file: string}): Finding[] {
  if (sheets.some((sheet) => sheet.name === 'vInfo')) return [];
  const only = sheets.length === 1 ? sheets[0]?.name : undefined;
  if (only === 'vHost' || only === 'vCluster') return [];
  if (!only) return [vmwareFinding('BH-VMW-001', 'the workbook has no tab vInfo', where)];
  const message = `the tab ${only} alone adds nothing: it speaks of things that other tabs list`;
  return [vmwareFinding('BH-VMW-011', message, where)];
}
