import {SOVEREIGNTY_OBJECTIVES} from '../model/site-criteria.ts';
import type {FieldInfo, ObjectFields} from './fields.ts';

const CRITERIA =
  'Ask the provider, then declare it under `criteria` of the site in `sites.yaml` with value, evidence and date.';
const SEAL = 'Obtain the attested level and declare it under `seal` of the site with evidence and date.';

const criterion = (type: string, description: string, more: Partial<FieldInfo> = {}): FieldInfo => ({
  type,
  description,
  remedy: CRITERIA,
  ...more,
});

/** Fields of a site that rest on a statement with evidence; a criterion nobody stated is missing. */
export const CRITERIA_FIELDS: ObjectFields = {
  storageCountries: criterion('list<string>', 'Countries where data rests, backups included'),
  supportCountries: criterion('list<string>', 'Countries from which the operator gets at the systems'),
  establishments: criterion('list<string>', 'Countries where the operator has an establishment'),
  subcontractors: criterion(
    'list<Subcontractor>',
    'Who works for the operator; empty = stated that nobody does',
  ),
  transferTool: criterion('string', 'What a transfer of personal data to the operator rests on', {
    values: ['adequacy', 'dpf', 'scc', 'bcr', 'none'],
  }),
  transferAssessment: criterion('bool', 'A transfer impact assessment was made'),
  processorContract: criterion('bool', 'A contract on processing is signed'),
  secrecyCommitment: criterion('bool', 'Everybody with access is bound to professional secrecy'),
  auditRights: criterion('bool', 'The customer may audit or have audited'),
  incidentNoticeHours: criterion('double', 'Latest notice of a security incident', {unit: 'h'}),
  incidentContact: criterion('string', 'Named person or desk for security incidents'),
  operatorAccessLogged: criterion('bool', 'The customer sees every access of the operator in a log'),
  tailoredSecurity: criterion('bool', 'Security measures can be agreed on per customer'),
  tenantSegmentation: criterion('bool', "Customers' networks are separated below the operating system"),
  privateConnectivity: criterion('bool', 'There is a way in that does not cross the internet'),
  dedicatedSupport: criterion('bool', 'A support team that knows the customer'),
  scaleOutHours: criterion('double', 'Time until more capacity is there', {unit: 'h'}),
  vcpuReadyPercent: criterion('double', 'Wait for a core, 95th percentile', {unit: '%'}),
  vcpuPerCore: criterion('double', 'Virtual processors per physical core'),
  cpuFlawsClosed: criterion('bool', 'Processor flaws between tenants are closed'),
  confidentialComputing: criterion('bool', 'Memory is encrypted against the operator'),
  openFormats: criterion('bool', 'Data and images can be taken away in documented formats'),
  openSourceAlternatives: criterion(
    'list<string>',
    'Open-source software that could take over; empty = none',
  ),
  exitSupportDays: criterion('double', 'How long the operator helps after notice', {unit: 'days'}),
  backupSeparateAccounts: criterion('bool', 'Backups are managed with accounts apart from production'),
  restoreTested: criterion('timestamp', 'Last restore test'),
  customerControlsMet: criterion('bool', 'The criteria an attestation leaves to the customer are met'),
  seal: {type: 'Seal', description: 'Attested SEAL levels', remedy: SEAL},
  statements: criterion('list<Statement>', 'Criteria and SEAL levels with the day they were last checked'),
};

/** Object types the criteria bring along. */
export const CRITERIA_TYPES: Readonly<Record<string, ObjectFields>> = {
  Subcontractor: {
    name: criterion('string', 'Company'),
    country: criterion('string', 'ISO 3166-1 alpha-2 code'),
    service: criterion('string', 'What it does'),
    rank: criterion('int', 'Place in the supply chain, 1 = contract partner of the operator'),
  },
  Seal: Object.fromEntries(
    SOVEREIGNTY_OBJECTIVES.map((name): [string, FieldInfo] => [
      name,
      {type: 'int', description: `Level of ${name.replace('sov', 'SOV-')}`, unit: '0–4', remedy: SEAL},
    ]),
  ),
  Statement: {
    name: criterion('string', 'Name of the criterion, `seal.sovN` for SEAL levels'),
    asOf: criterion('timestamp', 'Day it was last checked'),
  },
};
