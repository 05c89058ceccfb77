import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {explainIdentity} from '../../../../src/explain/identity.ts';
import {shapes} from '../../../../src/sources/aws/shapes.ts';
import {built} from '../estate.ts';

/**
 * An account made to be attacked: each principal has one documented way to every right, or looks as if. `yes` where the file
 * holds what the way needs, `conditional` where it names an export that is not there, `no` where there is no way.
 */
const FILE = new URL(
  '../../../../../shared/realdata/aws/iam-vulnerable/account-authorization-details.json',
  import.meta.url,
);

type Expected = [admin: 'yes' | 'no' | 'conditional', path: string | null, input?: string];

/** The same for the user and the role of this name. */
const BOTH: Record<string, Expected> = {
  'privesc1-CreateNewPolicyVersion': ['yes', 'iam-001'],
  'privesc2-SetExistingDefaultPolicyVersion': [
    'conditional',
    'own-set-default-version',
    'aws-policy-versions',
  ],
  'privesc3-CreateEC2WithExistingInstanceProfile': ['yes', 'ec2-001'],
  'privesc4-CreateAccessKey': ['yes', 'iam-002'],
  'privesc5-CreateLoginProfile': ['conditional', 'iam-004', 'aws-password-absent'],
  'privesc6-UpdateLoginProfile': ['conditional', 'iam-006', 'aws-password-present'],
  'privesc14-UpdatingAssumeRolePolicy': ['yes', 'iam-012'],
  'privesc15-PassExistingRoleToNewLambdaThenInvoke': ['yes', 'lambda-001'],
  'privesc16-PassRoleToNewLambdaThenTriggerWithNewDynamo': [
    'conditional',
    'lambda-002',
    'aws-dynamodb-table',
  ],
  'privesc17-EditExistingLambdaFunctionWithRole': ['conditional', 'lambda-003', 'aws-lambda-function'],
  'privesc18-PassExistingRoleToNewGlueDevEndpoint': ['yes', 'glue-001'],
  'privesc19-UpdateExistingGlueDevEndpoint': ['conditional', 'glue-002', 'aws-glue-devendpoint'],
  'privesc20-PassExistingRoleToCloudFormation': ['yes', 'cloudformation-001'],
  'privesc21-PassExistingRoleToNewDataPipeline': ['yes', 'datapipeline-001'],
  'privesc-CloudFormationUpdateStack': ['conditional', 'cloudformation-002', 'aws-cloudformation-stack'],
  'privesc-codeBuildCreateProjectPassRole': ['yes', 'codebuild-001'],
  'privesc-ec2InstanceConnect': ['conditional', 'ec2instanceconnect-003', 'aws-ec2-instance'],
  'privesc-sageMakerCreateNotebookPassRole': ['yes', 'sagemaker-001'],
  'privesc-sageMakerCreatePresignedNotebookURL': [
    'conditional',
    'sagemaker-004',
    'aws-sagemaker-notebookinstance',
  ],
  'privesc-sageMakerCreateProcessingJobPassRole': ['yes', 'sagemaker-003'],
  'privesc-sageMakerCreateTrainingJobPassRole': ['yes', 'sagemaker-002'],
  'privesc-ssmSendCommand': ['conditional', 'ssm-002', 'aws-ec2-instance'],
  'privesc-ssmStartSession': ['conditional', 'ssm-001', 'aws-ec2-instance'],
  'fn1-privesc3-partial': ['yes', 'ec2-001'],
  'fn2-exploitableResourceConstraint': ['yes', 'iam-001'],
  'fn3-exploitableConditionConstraint': ['yes', 'iam-001'],
  'fp1-allow-and-deny': ['no', null],
  'fp2-allow-and-deny-multiple-policies': ['no', null],
  'fp3-deny-iam': ['no', null],
  'fp4-nonExploitableResourceConstraint': ['no', null],
  'fp5-nonExploitableConditionConstraint': ['no', null],
};

/** Rights over oneself differ between users and roles: who changes the other kind needs one of it as well. */
const SINGLE: Record<string, Expected> = {
  'fn4-exploitableNotAction-user': ['yes', 'policies'],
  'fn4-exploitableNotAction-role': ['yes', 'policies'],
  'privesc7-AttachUserPolicy-user': ['yes', 'iam-008'],
  'privesc7-AttachUserPolicy-role': ['conditional', 'iam-008', 'aws-accomplice-user'],
  'privesc8-AttachGroupPolicy-user': ['yes', 'iam-010'],
  'privesc8-AttachGroupPolicy-role': ['conditional', 'iam-010', 'aws-accomplice-group'],
  'privesc9-AttachRolePolicy-user': ['conditional', 'iam-009', 'aws-accomplice-role'],
  'privesc9-AttachRolePolicy-role': ['yes', 'iam-009'],
  'privesc10-PutUserPolicy-user': ['yes', 'iam-007'],
  'privesc10-PutUserPolicy-role': ['conditional', 'iam-007', 'aws-accomplice-user'],
  'privesc11-PutGroupPolicy-user': ['yes', 'iam-011'],
  'privesc11-PutGroupPolicy-role': ['conditional', 'iam-011', 'aws-accomplice-group'],
  'privesc12-PutRolePolicy-user': ['conditional', 'iam-005', 'aws-accomplice-role'],
  'privesc12-PutRolePolicy-role': ['yes', 'iam-005'],
  'privesc13-AddUserToGroup-user': ['yes', 'iam-013'],
  'privesc13-AddUserToGroup-role': ['conditional', 'iam-013', 'aws-accomplice-group'],
  // Its group and its role hold iam:*, ec2:* and s3:*: rights over themselves and others.
  'privesc-sre-user': ['yes', 'iam-001'],
  'privesc-sre-role': ['yes', 'iam-001'],
  'privesc-AssumeRole-starting-role': ['yes', 'sts-001'],
  'privesc-AssumeRole-intermediate-role': ['yes', 'sts-001'],
  'privesc-AssumeRole-ending-role': ['yes', 'policies'],
  'privesc-high-priv-service-role': ['yes', 'policies'],
  // No policy, and the starting role trusts somebody else: in this account nothing leads from the user anywhere.
  'privesc-AssumeRole-start-user': ['no', null],
  // A role without a policy: that its trust cannot be read opens the role, not what the role opens.
  'privesc-permissive-role-trust': ['no', null],
};

const EXPECTED: Record<string, Expected> = {
  ...Object.fromEntries(
    Object.entries(BOTH).flatMap(([name, expected]) => [
      [`${name}-user`, expected],
      [`${name}-role`, expected],
    ]),
  ),
  ...SINGLE,
};

describe.skipIf(!existsSync(FILE))('every principal of the vulnerable account', () => {
  const shape = shapes.find(({id}) => id === 'aws.authorization-details')!;
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '{}';
  const file = {path: 'd.json', display: 'd.json', sha256: '', size: 0};
  const {facts} = shape.map({kind: 'json', value: JSON.parse(text)}, file, {});
  const {index} = built(facts);
  const principals = facts.principals.filter(({kind}) => kind === 'iamUser' || kind === 'iamRole');

  test('is in the table', () => {
    expect(principals.map(({name}) => name).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  test.each(Object.entries(EXPECTED))('%s', (name, [admin, path, input]) => {
    const {id} = principals.find((principal) => principal.name === name)!;
    const found = explainIdentity({kind: 'principal', id, name}, null, index, 10);
    expect(found.admin).toBe(admin);
    const own = index.graph.edges.filter(({from}) => from === id);
    // The documented way is an edge of its own, or a less sure one hangs on the export that is missing.
    const ways = own.filter(({evidence}) => path !== null && evidence.startsWith(`${path}:`));
    const others = own.filter(({kind}) => kind !== 'CAN_ASSUME');
    expect(path === null ? others : []).toEqual([]);
    const sure = admin === 'yes' ? 'certain' : 'conditional';
    expect(path === null || ways.some(({certainty}) => certainty === sure)).toBe(true);
    expect(input === undefined || ways.some(({gap}) => gap?.includes(`gap:${input}:`))).toBe(true);
  });
});
