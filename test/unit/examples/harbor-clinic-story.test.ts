import {fileURLToPath} from 'node:url';
import {beforeAll, expect, test} from 'vitest';
import {open} from '../../../src/inputs/open.ts';
import type {Decision} from '../../../src/model/plan.ts';
import {judge, normalise, place, score, type Planned} from '../../../src/pipeline.ts';

// What examples/README.md promises a newcomer to find in the workspace.
const WORKSPACE = fileURLToPath(new URL('../../../examples/harbor-clinic', import.meta.url));
const AD = 'ad:corp.harbor-clinic.example';

let planned: Planned;

beforeAll(async () => {
  const now = new Date('2026-11-22T00:00:00Z');
  const {workspace, ...opened} = await open({folder: WORKSPACE, files: [], now, stage: () => undefined});
  if (!workspace) throw new Error('bulkhead.yaml cannot be read');
  planned = await place(await judge(await score(await normalise({...opened, workspace}))));
}, 60_000);

function decision(name: string): Decision {
  const found = planned.plan.decisions.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no decision for ${name}`);
  return found;
}

test('every file is read whole: 61 workloads of four platforms, nothing rejected', () => {
  const count = (cloud: string) =>
    planned.estate.workloads.filter((workload) => workload.cloud === cloud).length;
  expect([count('azure'), count('aws'), count('gcp'), count('vmware')]).toEqual([17, 12, 8, 24]);
  expect(planned.estate.ledger.filter((line) => line.rejected > 0 || line.status !== 'complete')).toEqual([]);
  expect(planned.findings.filter((finding) => finding.partial)).toEqual([]);
});

test.each(['patient-portal', 'vm-telemed-records', 'stresearchcohort', 'imaging-index'])(
  '%s leaves the public cloud for the hoster that the clinic directory does not reach',
  (name) => {
    const {recommended, exposure} = decision(name);
    expect(recommended).toBe('dedicated-fra');
    expect(exposure.gain).toBeGreaterThan(exposure.before * 0.9);
    expect(exposure.rootsLeft).toContain(AD);
  },
);

test('the image archive gains nothing until AD is cut from the new cloud', () => {
  const {recommended, move, exposure, gainsNothing} = decision('HH-PACS-ARCH01');
  expect({recommended, move}).toEqual({recommended: 'dedicated-ham', move: true});
  expect(exposure.gain).toBeLessThanOrEqual(0);
  expect(gainsNothing?.cutFirst).toBe(AD);
  expect(gainsNothing?.gainAfterCut).toBeGreaterThan(exposure.before * 0.9);
  expect(planned.plan.cutFirst[0]).toMatchObject({root: AD, from: 'dedicated-ham'});
});

test('the ward round keeps AD wherever it stands', () => {
  const {recommended, exposure} = decision('vm-ward-app');
  expect(recommended).toBe('dedicated-fra');
  expect(exposure.rootsKept).toContain(AD);
  expect(exposure.gain).toBeLessThan(exposure.before / 2);
});

test('no root sinks more than the AD domain, and part of what it sinks is uncertain', () => {
  const values = planned.exposure.roots.map((root) => root.value.value);
  const root = planned.exposure.roots.find(({id}) => id === AD);
  expect(root?.value.value).toBe(Math.max(...values));
  expect(root?.share.hi).toBeGreaterThan(root?.share.lo ?? 100);
});

test.each(['app-www', 'app-termine', 'donations', 'harbor-genomics-raw', 'study-website', 'vm-dev-01'])(
  '%s is public or of normal need and stays',
  (name) => expect(decision(name).move).toBe(false),
);

test.each(['HH-TERMIN-WEB01', 'HH-KIS-TEST01'])('%s leaves Hamburg for the public cloud', (name) =>
  expect(decision(name).recommended).toBe('azure-digital'),
);

test('what does not fit and what nobody knows is said', () => {
  expect(decision('func-lab-hl7').portability?.verdict).not.toBe('rehost');
  const barred = decision('HH-PACS-ARCH01').removed.filter((entry) => entry.outcome === 'immovable');
  expect(barred.map((entry) => entry.site)).toContain('azure-germanywestcentral');
  const open = planned.plan.decisions.filter(({dataGaps}) =>
    dataGaps.some((gap) => gap.field === 'workload.sensitivity'),
  );
  expect(open.map(({name}) => name)).toEqual(
    expect.arrayContaining(['harbor-handover-2019', 'legacy-import', 'stmisc042', 'HH-FILE01']),
  );
  const codes = planned.findings.map((finding) => finding.code);
  expect(codes).toEqual(expect.arrayContaining(['BH-SRC-206', 'BH-SENS-011', 'BH-SITE-011']));
});

const WEB = 'aws:arn:aws:iam::100000000003';

/** Names of the nodes that edges of one kind lead to. */
function heads(from: string, kind: string): string[] {
  const {nodes, edges} = planned.graph;
  const names = new Map(nodes.map(({id, name}) => [id, name]));
  return edges
    .filter((edge) => edge.from === from && edge.kind === kind)
    .map(({to}) => names.get(to) ?? to)
    .toSorted();
}

test('one public key in AD FS, Entra and AWS is one root', () => {
  const key = planned.exposure.roots.find(({name}) => name.startsWith('AD FS signing key'))!;
  expect(key.id).toMatch(/^key:[0-9a-f]{64}$/);
  expect(heads(key.id, 'FEDERATES')).toContain('federated users of harborclinic.example');
  expect(heads(key.id, 'CAN_ASSUME')).toEqual(['AdfsAdministrators']);
  expect(planned.exposure.roots.filter(({id}) => /^(?:saml|adfs):/.test(id))).toEqual([]);
});

test('the deployment may pass a role that is administrator, the help desk is held by the organisation', () => {
  expect(heads(`${WEB}:user/deploy`, 'PASSES_ROLE')).toEqual(['site-automation']);
  expect(planned.graph.edges.filter(({from}) => from === `${WEB}:user/helpdesk`)).toEqual([]);
});

test('a synchronised service account carries AD into the tenant, and one question is answered', () => {
  const entra = 'entra:00000000-000a-4000-8000-000000000001';
  const masters = planned.graph.edges.filter(({to, kind}) => to === entra && kind === 'HAS_ROLE');
  expect(masters.map(({level}) => level).toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
  expect(planned.graph.edges.filter(({from}) => from === 'ad:strandpraxis.example')).toEqual([]);
  expect(planned.findings.filter(({code}) => code === 'BH-ID-430')).toEqual([]);
});

test('an exception is used without hiding the failure, another one ran out, and advice removes nothing', () => {
  const {exceptions} = planned.policy;
  expect(exceptions!.map(({id, status}) => `${id} ${status}`)).toEqual([
    'EX-2026-007 in-force',
    'EX-2026-003 expired',
  ]);
  const {excepted, recommended} = decision('vm-telemed-signal');
  expect(recommended).toBe('dedicated-fra');
  expect(excepted!.map(({by, site, exception}) => [by, site, exception.id])).toEqual([
    ['BH-S0558-001', 'azure-germanywestcentral', 'EX-2026-007'],
    ['HC-001', 'azure-germanywestcentral', 'EX-2026-007'],
  ]);
  const lab = decision('func-lab-hl7');
  expect(lab.status).toBe('blocked');
  expect(lab.removed.map(({by}) => by)).not.toContain('HC-007');
  expect(lab.advisories!.map(({by, text}) => [by, text])).toEqual([
    ['HC-007', 'Azure Frankfurt, clinic tenant tells of incidents within 72 h; asked for are 24 h'],
  ]);
  expect(planned.findings.map(({code}) => code)).toEqual(
    expect.arrayContaining(['BH-EXC-001', 'BH-POL-018']),
  );
});

test('what the contracts say is stated with evidence, and not everything is', () => {
  const stated = planned.sites.map(({criteria = {}}) => Object.keys(criteria).length);
  expect(stated.filter((count) => count > 5).length).toBeGreaterThanOrEqual(4);
  expect(stated).toContain(0);
  expect(planned.sites.every(({criteria = {}}) => criteria.vcpuReadyPercent === undefined)).toBe(false);
});
