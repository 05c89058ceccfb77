/**
 * What matters of AWS managed policies, for exports that leave their documents out. Names as AWS gives them; the text is a
 * reading of what they allow, not a copy.
 */
const allow = (actions: string[], key: 'Action' | 'NotAction' = 'Action') => ({
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', [key]: actions, Resource: '*'}],
});

const NOTHING = allow(['sts:GetCallerIdentity']);

export const MANAGED_POLICIES: Readonly<Record<string, unknown>> = {
  AdministratorAccess: allow(['*']),
  IAMFullAccess: allow(['iam:*']),
  PowerUserAccess: allow(['iam:*', 'organizations:*', 'account:*'], 'NotAction'),
  ReadOnlyAccess: allow([
    's3:Get*',
    's3:List*',
    'dynamodb:BatchGet*',
    'dynamodb:Get*',
    'dynamodb:Query',
    'dynamodb:Scan',
    'iam:Get*',
    'iam:List*',
    'ec2:Describe*',
    'lambda:Get*',
    'lambda:List*',
  ]),
  SecurityAudit: NOTHING,
  ViewOnlyAccess: NOTHING,
  Billing: NOTHING,
  AmazonSSMManagedInstanceCore: NOTHING,
  AWSLambdaBasicExecutionRole: NOTHING,
  AWSLambdaVPCAccessExecutionRole: NOTHING,
  AWSXRayDaemonWriteAccess: NOTHING,
  CloudWatchAgentServerPolicy: NOTHING,
  AmazonECSTaskExecutionRolePolicy: NOTHING,
  AmazonEC2ContainerRegistryReadOnly: NOTHING,
};

/** Names of AWS managed policies that deny; all others only allow. */
export const DENYING_POLICIES = /deny|quarantine/i;
