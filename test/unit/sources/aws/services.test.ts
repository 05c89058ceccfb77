import {describe, expect, it} from 'vitest';
import {wasCollected} from '../../../../src/estate/collected.ts';
import {buildEstate} from '../../../../src/estate/build.ts';
import {ACCOUNT, answer, decoded, taker} from './answers.ts';

const role = `arn:aws:iam::${ACCOUNT}:role/app`;
const build = (...intakes: ReturnType<typeof answer>[]) => buildEstate(intakes, {applicationTags: []}).estate;

describe('services that run with a role', () => {
  it.each([
    ['glue get-dev-endpoints', {DevEndpoints: [{EndpointName: 'dev', RoleArn: role, Status: 'READY'}]}, 'AWS::Glue::DevEndpoint', `glue:eu-central-1:${ACCOUNT}:devEndpoint/dev`],
    ['glue get-jobs', {Jobs: [{Name: 'etl', Role: 'app', Command: {}}]}, 'AWS::Glue::Job', `glue:eu-central-1:${ACCOUNT}:job/etl`],
    ['sagemaker describe-notebook-instance', {NotebookInstanceArn: `arn:aws:sagemaker:eu-central-1:${ACCOUNT}:notebook-instance/n`, NotebookInstanceName: 'n', RoleArn: role}, 'AWS::SageMaker::NotebookInstance', `sagemaker:eu-central-1:${ACCOUNT}:notebook-instance/n`],
    ['codebuild batch-get-projects', {projects: [{name: 'b', arn: `arn:aws:codebuild:eu-central-1:${ACCOUNT}:project/b`, serviceRole: role, environment: {}}]}, 'AWS::CodeBuild::Project', `codebuild:eu-central-1:${ACCOUNT}:project/b`],
    ['cloudformation describe-stacks', {Stacks: [{StackId: `arn:aws:cloudformation:eu-central-1:${ACCOUNT}:stack/s/1`, StackName: 's', RoleARN: role}]}, 'AWS::CloudFormation::Stack', `cloudformation:eu-central-1:${ACCOUNT}:stack/s/1`],
    ['ecs describe-task-definition', {taskDefinition: {taskDefinitionArn: `arn:aws:ecs:eu-central-1:${ACCOUNT}:task-definition/t:1`, taskRoleArn: role, containerDefinitions: []}}, 'AWS::ECS::TaskDefinition', `ecs:eu-central-1:${ACCOUNT}:task-definition/t:1`],
    ['apprunner describe-service', {Service: {ServiceArn: `arn:aws:apprunner:eu-central-1:${ACCOUNT}:service/a/1`, InstanceConfiguration: {InstanceRoleArn: role}}}, 'AWS::AppRunner::Service', `apprunner:eu-central-1:${ACCOUNT}:service/a/1`],
    ['bedrock-agentcore-control get-code-interpreter', {codeInterpreterId: 'i', codeInterpreterArn: `arn:aws:bedrock-agentcore:eu-central-1:${ACCOUNT}:code-interpreter/i`, executionRoleArn: role}, 'AWS::BedrockAgentCore::CodeInterpreterCustom', `bedrock-agentcore:eu-central-1:${ACCOUNT}:code-interpreter/i`],
  ])('%s', (api, value, nativeType, resource) => {
    const intake = answer(value, `${ACCOUNT}/eu-central-1/x.json`);
    expect(intake.facts.workloads).toMatchObject([
      {id: `aws:arn:aws:${resource}`, nativeType, identities: [`aws:${role}`], container: `aws-account:${ACCOUNT}`},
    ]);
    // What was asked for by name is no proof that there is nothing else.
    const listed = api.startsWith('glue') || api.startsWith('cloudformation');
    const scope = listed ? `${ACCOUNT}/eu-central-1` : `arn:aws:${resource}`;
    expect(intake.ledger).toMatchObject([{api, scope, rowsIn: 1}]);
    expect(wasCollected(build(intake), api, ACCOUNT)).toBe(listed);
  }); // prettier-ignore

  it('a pipeline names its roles in its definition, by name', () => {
    const value = {
      objects: [{id: 'Default', name: 'Default', role: 'app', resourceRole: 'app'}],
      parameters: [],
    };
    const {facts} = answer(value, `${ACCOUNT}/eu-central-1/definition-df-0123456789ABCDEFGHIJ.json`);
    expect(facts.workloads).toMatchObject([
      {
        id: `aws:arn:aws:datapipeline:eu-central-1:${ACCOUNT}:pipeline/df-0123456789ABCDEFGHIJ`,
        identities: [`aws:${role}`],
      },
    ]);
  });

  it('a service acts with the roles of its task definition, also named as family:revision', () => {
    const {facts} = answer({
      services: [{serviceArn: `arn:aws:ecs:eu-central-1:${ACCOUNT}:service/c/s`, taskDefinition: 't:1'}],
    });
    expect(facts.edges).toMatchObject([
      {
        kind: 'RUNS_AS',
        to: `aws:arn:aws:ecs:eu-central-1:${ACCOUNT}:task-definition/t:1`,
        certainty: 'certain',
      },
    ]);
  });

  it('a cluster hosts the issuer of its service accounts', () => {
    const issuer = 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC';
    const {facts} = answer({cluster: {arn: `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/k`, name: 'k', roleArn: role, resourcesVpcConfig: {}, identity: {oidc: {issuer}}}}); // prettier-ignore
    expect(facts.edges).toMatchObject([{kind: 'HOSTS_ROOT', to: `oidc:${issuer.toLowerCase()}`}]);
  });

  it('an empty list is known absence in its account, a list of names is not', () => {
    const empty = answer({DevEndpoints: []}, 'dev.json', ACCOUNT);
    expect(wasCollected(build(empty), 'glue get-dev-endpoints', ACCOUNT)).toBe(true);
    const other = answer({DevEndpoints: []}, `444455556666/eu-central-1/dev.json`);
    const two = build(answer({Content: 'user,arn\n'}, 'r.json', ACCOUNT), other, answer({Jobs: []}, `${ACCOUNT}/glue-get-jobs.json`)); // prettier-ignore
    expect(wasCollected(two, 'glue get-dev-endpoints', ACCOUNT)).toBe(false);
    expect(wasCollected(two, 'glue get-jobs', ACCOUNT)).toBe(true);
    expect(taker({Jobs: []})).toEqual([]);
  });

  it('names alone: the thing is there, its roles are unknown', () => {
    const arn = `arn:aws:ecs:eu-central-1:${ACCOUNT}:task-definition/t:1`;
    const named = answer({taskDefinitionArns: [arn]});
    expect(named.facts.workloads).toMatchObject([
      {
        id: `aws:${arn}`,
        nativeType: 'AWS::ECS::TaskDefinition',
        attributes: {rolesIn: 'ecs describe-task-definition'},
      },
    ]);
    expect(named.findings.map(({code}) => code)).toEqual(['BH-SRC-221']);
    const project = answer({projects: ['p']}, `${ACCOUNT}/eu-central-1/x.json`);
    expect(project.facts.workloads[0]?.id).toBe(`aws:arn:aws:codebuild:eu-central-1:${ACCOUNT}:project/p`);
  });

  it('empty lists of one cluster, or of named things, prove nothing about the account', () => {
    const services = answer({serviceArns: []}, `${ACCOUNT}/eu-central-1/services.json`);
    expect(wasCollected(build(services), 'ecs list-services', ACCOUNT)).toBe(false);
    const described = answer({services: []}, `${ACCOUNT}/eu-central-1/ecs-describe-services.json`);
    expect(wasCollected(build(described), 'ecs describe-services', ACCOUNT)).toBe(false);
  });

  it('tasks of a service are the service; others are workloads', () => {
    const task = (group: string) => ({
      taskArn: `arn:aws:ecs:eu-central-1:${ACCOUNT}:task/c/${group}`,
      taskDefinitionArn: `arn:aws:ecs:eu-central-1:${ACCOUNT}:task-definition/t:1`,
      group,
    });
    const {facts} = answer({tasks: [task('service:s'), task('family:t')]});
    expect(facts.workloads.map(({name}) => name)).toEqual(['family:t']);
  });
});

describe('secrets outside vaults', () => {
  it('are named by their setting, and their value is nowhere', () => {
    const secret = 'hunter2hunter2';
    const fn = {FunctionArn: `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:f`, FunctionName: 'f', Environment: {Variables: {DB_PASSWORD: secret, STAGE: 'dev', SECRET_TOKEN: 'arn:aws:secretsmanager:eu-central-1:1:secret:x', API_TOKEN: '{{resolve:ssm:x}}'}}}; // prettier-ignore
    const intake = answer({Functions: [fn]});
    expect(intake.facts.workloads[0]?.attributes).toEqual({
      plainSecrets: 'Environment.Variables.DB_PASSWORD',
    });
    expect(JSON.stringify(intake)).not.toContain(secret);
    expect(intake.findings.map(({code}) => code)).toContain('BH-SRC-205');
  });

  it('user data: the instance is marked, the script is not kept', () => {
    const script = Buffer.from('#!/bin/sh\nexport DB_PASSWORD=correcthorse\n').toString('base64');
    const value = {InstanceId: 'i-0123456789abcdef0', UserData: {Value: script}};
    const {facts, ...rest} = answer(value, `${ACCOUNT}/eu-central-1/user-data.json`);
    expect(facts.workloads).toMatchObject([
      {id: `aws:arn:aws:ec2:eu-central-1:${ACCOUNT}:instance/i-0123456789abcdef0`, attributes: {plainSecrets: 'UserData'}},
    ]); // prettier-ignore
    expect(JSON.stringify({facts, ...rest})).not.toContain('correcthorse');
    const harmless = {...value, UserData: {Value: btoa('#!/bin/sh\necho hello')}};
    expect(answer(harmless).facts.workloads).toEqual([]);
  });
});

describe('policies on resources', () => {
  const policy = (Resource: unknown) =>
    JSON.stringify({Statement: [{Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource}]});
  const attached = (value: unknown, name?: string) => answer(value, name).facts.policyDocuments.map(({attachedTo}) => attachedTo); // prettier-ignore

  it('know their resource by its own ARNs, a parameter or the file name', () => {
    expect(attached({Policy: policy(['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])})).toEqual([['aws:arn:aws:s3:::b']]);
    expect(attached({Policy: policy('*'), Bucket: 'my-bucket'})).toEqual([['aws:arn:aws:s3:::my-bucket']]);
    expect(attached({Policy: policy('*')}, 'get-bucket-policy__my-bucket.json')).toEqual([['aws:arn:aws:s3:::my-bucket']]);
    expect(attached({Policy: policy(`arn:aws:lambda:eu-central-1:${ACCOUNT}:function:f:live`), RevisionId: 'x'})).toEqual([[`aws:arn:aws:lambda:eu-central-1:${ACCOUNT}:function:f`]]);
    const key = '1234abcd-12ab-34cd-56ef-1234567890ab';
    expect(attached({Policy: policy('*'), PolicyName: 'default'}, `${ACCOUNT}/eu-central-1/key-policy-${key}.json`)).toEqual([[`aws:arn:aws:kms:eu-central-1:${ACCOUNT}:key/${key}`]]);
    expect(attached({ARN: `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:s-AbCdEf`, Name: 's', ResourcePolicy: policy('*')})).toHaveLength(1);
    expect(attached({Attributes: {TopicArn: `arn:aws:sns:eu-central-1:${ACCOUNT}:t`, Policy: policy('*')}})).toEqual([[`aws:arn:aws:sns:eu-central-1:${ACCOUNT}:t`]]);
  }); // prettier-ignore

  it('are not guessed at', () => {
    expect(taker({Policy: policy('arn:aws:s3:::*/x')})).toEqual([]);
    expect(taker({Policy: policy(['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'])})).toEqual([]);
  });

  it('many in one file, each with the parameter it was asked with', () => {
    const records = ['a-bucket', 'b-bucket'].map((Bucket) => ({Bucket, Policy: policy('*')}));
    for (const from of [{kind: 'json' as const, value: [...records, {odd: 1}]}, {kind: 'ndjson' as const, records: [...records, {odd: 1}], lines: [1, 2, 5]}]) {
      const intake = decoded(from);
      expect(intake.facts.policyDocuments.map(({id}) => id)).toEqual(['aws:arn:aws:s3:::a-bucket#policy', 'aws:arn:aws:s3:::b-bucket#policy']);
      expect(intake.source).toMatchObject({format: 'aws.resource-policy', scopes: ['arn:aws:s3:::a-bucket', 'arn:aws:s3:::b-bucket']});
      expect(intake.ledger.map(({rowsIn}) => rowsIn)).toEqual([1, 1, 1]);
      expect(intake.findings.map(({code}) => code)).toEqual(['BH-SRC-222']);
    }
  }); // prettier-ignore

  it('keys say who holds them; exposure of buckets joins the bucket', () => {
    const arn = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/k`;
    const key = {KeyMetadata: {Arn: arn, KeyId: 'k', AWSAccountId: ACCOUNT, KeyManager: 'CUSTOMER', Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: 'cks-1', MultiRegion: false}}; // prettier-ignore
    expect(answer(key).facts.workloads[0]).toMatchObject({
      type: 'key-vault',
      attributes: {kmsOrigin: 'EXTERNAL_KEY_STORE', kmsKeyManager: 'CUSTOMER', kmsKeyStore: 'cks-1'},
    });
    const block = {Bucket: 'b-1', PublicAccessBlockConfiguration: {BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true}}; // prettier-ignore
    const open = answer({Bucket: 'b-1', PolicyStatus: {IsPublic: true}});
    const [bucket] = build(answer(block), open).workloads;
    expect(bucket).toMatchObject({
      internetExposed: {value: true},
      attributes: {publicAccessBlocked: true, policyIsPublic: true},
    });
  });
});
