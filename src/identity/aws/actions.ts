/** AWS facts: actions as in the Service Authorization Reference. */

/** Any one of these on `Resource: *` amounts to control of workloads of the type. */
export const CONTROL_ACTIONS: {over: string; action: string}[] = [
  {over: 'vm', action: 'ssm:SendCommand'},
  {over: 'vm', action: 'ssm:StartSession'},
  {over: 'vm', action: 'ec2-instance-connect:SendSSHPublicKey'},
  {over: 'vm', action: 'ec2:ModifyInstanceAttribute'},
  {over: 'vm', action: 'ec2:CreateSnapshot'},
  {over: 'function', action: 'lambda:UpdateFunctionCode'},
  {over: 'container-service', action: 'ecs:ExecuteCommand'},
  {over: 'cluster', action: 'eks:CreateAccessEntry'},
  {over: 'database', action: 'rds:ModifyDBInstance'},
  {over: 'database', action: 'rds:CreateDBSnapshot'},
  {over: 'bucket', action: 's3:GetObject'},
  {over: 'bucket', action: 's3:PutBucketPolicy'},
  {over: 'key-vault', action: 'secretsmanager:GetSecretValue'},
  {over: 'key-vault', action: 'kms:PutKeyPolicy'},
  {over: 'queue', action: 'sqs:SetQueueAttributes'},
];

/**
 * Single actions from which more rights can follow, depending on resources and other principals. They are not
 * evaluated here: they make an edge of unknown certainty, so that the upper end of an interval contains them.
 */
export const ESCALATION_ACTIONS = [
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:PassRole',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
  // Code on a machine or function acts with that machine's role, which may not be in the data.
  'ssm:SendCommand',
  'ssm:StartSession',
  'ec2-instance-connect:SendSSHPublicKey',
  'ecs:ExecuteCommand',
  'lambda:UpdateFunctionCode',
  'cloudformation:UpdateStack',
  'codebuild:StartBuild',
  'glue:UpdateDevEndpoint',
  'lambda:UpdateFunctionConfiguration',
  'sagemaker:CreatePresignedNotebookInstanceUrl',
];

/** AWS managed policies for exports that leave their documents out. */
export const MANAGED_POLICIES: Record<string, 'control' | 'content' | 'none'> = {
  AdministratorAccess: 'control',
  IAMFullAccess: 'control',
  PowerUserAccess: 'content',
  ReadOnlyAccess: 'none',
  SecurityAudit: 'none',
  ViewOnlyAccess: 'none',
};

/** Condition keys of a trust policy that stop nobody who holds the trusted identity. */
export const SATISFIED_KEYS = new Set([
  'sts:externalid',
  'sts:rolesessionname',
  'sts:sourceidentity',
  'aws:referer',
  'aws:useragent',
]);

/** Condition keys that ask for a further proof: level 1. */
export const GUARD_KEYS = new Set(['aws:multifactorauthpresent', 'aws:multifactorauthage']);
