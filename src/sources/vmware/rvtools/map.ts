import type {Decoded, InputFile, Table} from '../../../model/decoded.ts';
import type {Intake} from '../../../model/estate.ts';
import type {LedgerScope} from '../../../model/ledger.ts';
import {emptyFacts} from '../../../model/facts.ts';
import {createLimitedFindings} from '../../limited-findings.ts';
import type {IntakeHints} from '../../shape.ts';
import {createTally, type Tally} from '../../tally.ts';
import {createVcenters, type Vcenters} from '../vcenters.ts';
import {setStorage} from '../workload.ts';
import {createLookup, readDetails, readTags} from './details.ts';
import {rvtoolsVersion, uuidMeaning} from './era.ts';
import {impliedHosts, linkHosts, readClusters, readHosts} from './hosts.ts';
import {OTHER_SHEETS, VM_SHEETS} from './known-headers.ts';
import {openSheet, sheetName, type Sheet} from './sheet.ts';
import {indexVmIds} from './vm-ids.ts';
import {readVms} from './vms.ts';
import {wholeFile} from './whole-file.ts';

export const RVTOOLS = 'vmware.rvtools';

/** True for a workbook or CSV with at least one tab of RVTools that holds VMs, hosts or clusters. */
export function isRvtools(decoded: Decoded): boolean {
  return decoded.kind === 'tables' && decoded.tables.some((table) => isOurs(table, decoded.container));
}

function isOurs(table: Table, container: 'xlsx' | 'csv'): boolean {
  const name = sheetName(table);
  if (!name) return false;
  if (name === 'vInfo' || container === 'csv')
    return table.header.some((header) => /^(?:v\w+)?(?:VM|Host|Name)/i.test(header));
  return name === 'vHost' && table.header.some((header) => /^(?:vHost)?(?:Host|Name)$/i.test(header));
}

/**
 * Maps an RVTools workbook (3.9 and later) or one tab as CSV. Every tab gets a ledger line; the rows of vInfo are kept,
 * classified or rejected one by one.
 */
export function mapRvtools(decoded: Decoded, file: InputFile, hints: IntakeHints): Intake {
  const tables = decoded.kind === 'tables' ? decoded.tables : [];
  const csv = decoded.kind === 'tables' && decoded.container === 'csv';
  const sheets = tables.flatMap((table) => {
    const name = sheetName(table);
    return name ? [openSheet(name, table, file.display)] : [];
  });
  const vInfos = sheets.filter((sheet) => sheet.name === 'vInfo');
  const details = sheets.filter((sheet) => sheet.name !== 'vInfo' && isVmSheet(sheet));
  const vcenters = createVcenters(statedVcenters(sheets), hints.scope);
  const source = sourceId(file, vcenters, csv);
  const findings = createLimitedFindings();
  const tallies = new Map<Sheet, Tally>();
  const tallyOf = (sheet: Sheet): Tally => {
    const scopes = vcenters.scopes();
    const scope = scopes.length === 1 ? (scopes[0] ?? '*') : '*';
    const tally = tallies.get(sheet) ?? createTally(source, scope, sheet.name);
    tallies.set(sheet, tally);
    return tally;
  };

  const uuids = uuidMeaning(rvtoolsVersion(sheets), vInfos[0]);
  const ids = indexVmIds(vInfos, details, vcenters);
  const vms = readVms(vInfos, {source, vcenters, uuids, ids, findings, tallyOf});
  const conflicts = new Set<string>();
  for (const vm of vms) readTags(vm.sheet, vm.row, vm, conflicts, findings);
  const lookup = createLookup(vms, vcenters);
  for (const sheet of details) readDetails(sheet, lookup, tallyOf(sheet), findings);
  for (const vm of vms) setStorage(vm.workload, vm.storage);

  const vHosts = sheets.filter((sheet) => sheet.name === 'vHost');
  const listed = readHosts(vHosts, vcenters, tallyOf);
  const hosts = vHosts.length > 0 ? listed.map((entry) => entry.host) : impliedHosts(vms);
  linkHosts(vms, hosts, findings);
  const facts = emptyFacts();
  for (const sheet of sheets) {
    if (sheet.name === 'vCluster') readClusters(sheet, vcenters, tallyOf(sheet), findings);
    else if (!isVmSheet(sheet) && sheet.name !== 'vHost')
      tallyOf(sheet).classify(OTHER_SHEETS[sheet.name] ?? 'row', sheet.table.rows.length);
  }
  facts.workloads = vms.filter((vm) => vm.kept).map((vm) => vm.workload);
  facts.containers = [...vcenters.containers.byId.values()];
  facts.hosts = hosts;
  for (const finding of wholeFile({file, sheets, vms, uuids})) findings.add(finding);
  return {
    source: {
      id: source,
      format: RVTOOLS,
      cloud: 'vmware',
      file: file.display,
      sha256: file.sha256,
      scopes: vcenters.scopes(),
    },
    facts,
    provenance: [
      ...vms
        .filter((vm) => vm.kept)
        .map(({workload, sheet, row}) => ({fact: workload.id, source, place: sheet.place(row)})),
      ...listed.map(({host, sheet, row}) => ({fact: host.id, source, place: sheet.place(row)})),
    ],
    ledger: [...sheets.map((sheet) => tallyOf(sheet).done()), ...unknownSheets(tables, source)],
    findings: findings.done(),
  };
}

function isVmSheet(sheet: Sheet): boolean {
  return (VM_SHEETS as readonly string[]).includes(sheet.name);
}

/** vMetaData may name the server another way than the VI SDK columns, so it counts only where those are missing. */
function statedVcenters(sheets: readonly Sheet[]): {uuid: string | null; server: string | null}[] {
  const stated = new Map<string, {uuid: string | null; server: string | null}>();
  for (const sheet of sheets) {
    if (!sheet.has('vcenterUuid') && !sheet.has('vcenterServer')) continue;
    for (let row = 0; row < sheet.table.rows.length; row++) {
      if (sheet.isRepeatedHeader(row)) continue;
      const uuid = sheet.text(row, 'vcenterUuid');
      const server = sheet.text(row, 'vcenterServer');
      if (uuid || server) stated.set(`${uuid} ${server}`, {uuid, server});
    }
  }
  if (stated.size > 0) return [...stated.values()];
  const metaData = sheets.find((sheet) => sheet.name === 'vMetaData');
  return metaData && metaData.table.rows.length > 0 ? [{uuid: null, server: metaData.text(0, 'server')}] : [];
}

/** One vCenter names the source; a CSV is one tab of it, so the file joins in. */
function sourceId(file: InputFile, vcenters: Vcenters, csv: boolean): string {
  const name = file.display.slice(
    Math.max(file.display.lastIndexOf('/'), file.display.lastIndexOf('\\')) + 1,
  );
  const stem = name.replace(/\.[^.]+$/, '') || name;
  const scopes = vcenters.scopes();
  if (scopes.length !== 1) return `${RVTOOLS}:${stem}`;
  return csv ? `${RVTOOLS}:${scopes[0]}/${stem}` : `${RVTOOLS}:${scopes[0]}`;
}

/** Tabs that RVTools does not write: counted, so that nobody wonders. */
function unknownSheets(tables: readonly Table[], source: string): LedgerScope[] {
  return tables.flatMap((table) => {
    if (sheetName(table) || table.rows.length === 0) return [];
    const tally = createTally(source, '*', table.name);
    tally.classify('row of a tab that is not read', table.rows.length);
    return [tally.done('skipped')];
  });
}
