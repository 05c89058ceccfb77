import {jsonFile, type GeneratedFile} from './files.ts';
import {AWS_ACCOUNTS, SSO_INSTANCE, SSO_SETS, storeId, type AwsAccountKey, type SsoSet} from './ids.ts';

type Json = Record<string, unknown>;

const STORE = 'd-0000000001';
const GROUPS = {platform: storeId(1), audit: storeId(2)};
type GroupKey = keyof typeof GROUPS;

/** Group, permission set, account: all three count. The platform team rules the imaging account and only looks at the others. */
const ASSIGNMENTS: {group: GroupKey; set: SsoSet; account: AwsAccountKey}[] = [
  {group: 'platform', set: 'AdministratorAccess', account: 'imaging'},
  {group: 'platform', set: 'SecurityAudit', account: 'web'},
  {group: 'audit', set: 'SecurityAudit', account: 'management'},
];

/** `aws sso-admin` and `aws identitystore`; the answers about one permission set carry its ARN. */
export function identityCenterFiles(): GeneratedFile[] {
  const sets = Object.keys(SSO_SETS) as SsoSet[];
  const answers: Json[] = [
    {
      Instances: [
        {
          InstanceArn: `arn:aws:sso:::instance/${SSO_INSTANCE}`,
          IdentityStoreId: STORE,
          OwnerAccountId: AWS_ACCOUNTS.management.id,
          Name: 'harbor',
          CreatedDate: '2024-02-19T09:00:00+00:00',
          Status: 'ACTIVE',
        },
      ],
    },
    ...sets.map((name) => ({
      PermissionSet: {Name: name, PermissionSetArn: setArn(name), SessionDuration: 'PT4H'},
    })),
    ...sets.map((name) => ({
      PermissionSetArn: setArn(name),
      AttachedManagedPolicies: [{Name: name, Arn: `arn:aws:iam::aws:policy/${name}`}],
    })),
    {
      AccountAssignments: ASSIGNMENTS.map(({group, set, account}) => ({
        AccountId: AWS_ACCOUNTS[account].id,
        PermissionSetArn: setArn(set),
        PrincipalType: 'GROUP',
        PrincipalId: GROUPS[group],
      })),
    },
    {
      Groups: [
        {GroupId: GROUPS.platform, DisplayName: 'aws-platform', IdentityStoreId: STORE},
        {GroupId: GROUPS.audit, DisplayName: 'aws-audit', IdentityStoreId: STORE},
      ],
    },
  ];
  return [jsonFile('inventory/aws/identity-center.json', answers, 4)];
}

function setArn(name: SsoSet): string {
  return `arn:aws:sso:::permissionSet/${SSO_INSTANCE}/${SSO_SETS[name]}`;
}
