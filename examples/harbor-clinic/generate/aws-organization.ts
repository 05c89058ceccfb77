import {jsonFile, type GeneratedFile} from './files.ts';
import {AWS_ACCOUNTS, AWS_ORG, AWS_ROOT, AWS_UNITS} from './ids.ts';

type Json = Record<string, unknown>;

const FULL_ACCESS = 'p-FullAWSAccess';
const GUARD = 'p-harborguard';

/**
 * Service control policies: AWS's own policy everywhere, and one of the clinic over the workloads. What it denies makes the
 * help desk's wide rights over users harmless, and leaves the deployment's way over a function open.
 */
export function limitFiles(): GeneratedFile[] {
  const accounts = Object.values(AWS_ACCOUNTS).map(({id, name}) => target(id, name, 'ACCOUNT', 'account'));
  const units = [
    target(AWS_UNITS.workloads, 'Workloads', 'ORGANIZATIONAL_UNIT', 'ou'),
    target(AWS_UNITS.sandbox, 'Sandbox', 'ORGANIZATIONAL_UNIT', 'ou'),
  ];
  const summaries = [fullAccess(), guard()];
  return [
    jsonFile('inventory/aws/service-control-policies.json', {Policies: summaries}, 4),
    jsonFile(
      `inventory/aws/service-control-policy-${GUARD}.json`,
      {Policy: {PolicySummary: guard(), Content: JSON.stringify(GUARD_DOCUMENT)}},
      4,
    ),
    jsonFile(
      `inventory/aws/targets-${FULL_ACCESS}.json`,
      {Targets: [target(AWS_ROOT, 'Root', 'ROOT', 'root'), ...units, ...accounts]},
      4,
    ),
    jsonFile(`inventory/aws/targets-${GUARD}.json`, {Targets: units.slice(0, 1)}, 4),
  ];
}

const GUARD_DOCUMENT = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'KeepTheOrganisationAndItsLogs',
      Effect: 'Deny',
      Action: ['organizations:LeaveOrganization', 'cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
      Resource: '*',
    },
    {
      Sid: 'NoNewKeysAndPasswords',
      Effect: 'Deny',
      Action: ['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile', 'iam:CreateUser'],
      Resource: '*',
    },
  ],
};

function guard(): Json {
  return {
    Id: GUARD,
    Arn: `arn:aws:organizations::${AWS_ACCOUNTS.management.id}:policy/${AWS_ORG}/service_control_policy/${GUARD}`,
    Name: 'workload-guard',
    Description: 'No new keys and passwords, no end to the logs',
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: false,
  };
}

function fullAccess(): Json {
  return {
    Id: FULL_ACCESS,
    Arn: `arn:aws:organizations::aws:policy/service_control_policy/${FULL_ACCESS}`,
    Name: 'FullAWSAccess',
    Description: 'Allows access to every operation',
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: true,
  };
}

function target(id: string, name: string, type: string, segment: string): Json {
  return {
    TargetId: id,
    Arn: `arn:aws:organizations::${AWS_ACCOUNTS.management.id}:${segment}/${AWS_ORG}/${id}`,
    Name: name,
    Type: type,
  };
}
