import {field, idText, text} from '../record.ts';
import {answerShape, has} from './answer-shape.ts';
import type {AnswerShape} from './answer-shape.ts';
import {parseArn} from './arn.ts';
import {mapPolicyStatus, mapPublicAccessBlock} from './map-bucket-exposure.ts';
import {mapKey} from './map-key.ts';
import {attach, mapPolicyText, policySubject} from './map-resource-policy.ts';
import {ledgerScope} from './scope.ts';
import {rejectNameless} from './subject.ts';

/** Policies on resources, and what else decides who gets at them. */
export const RESOURCE_POLICIES: AnswerShape[] = [
  answerShape({
    id: 'aws.resource-policy',
    title: 'aws s3api get-bucket-policy, kms get-key-policy or lambda get-policy',
    api: (value, file) => policySubject(value, file)?.api ?? 's3api get-bucket-policy',
    matches: (value, file) => policySubject(value, file) !== null,
    read(draft, value, context) {
      const subject = policySubject(value, context.file);
      if (subject !== null) mapPolicyText(draft, subject, value, context);
    },
  }),
  answerShape({
    id: 'aws.secret-policy',
    title: 'aws secretsmanager get-resource-policy --secret-id …',
    api: 'secretsmanager get-resource-policy',
    matches: (value) =>
      parseArn(text(value, 'ARN'))?.service === 'secretsmanager' && !has(value, 'SecretString'),
    read(draft, value, context) {
      const arn = text(value, 'ARN') ?? '';
      if (field(value, 'ResourcePolicy') === undefined) draft.classify(arn, 'no resource policy');
      else
        attach(
          draft,
          arn,
          value['ResourcePolicy'],
          '/ResourcePolicy',
          'secretsmanager get-resource-policy',
          context,
        );
    },
  }),
  answerShape({
    id: 'aws.topic-attributes',
    title: 'aws sns get-topic-attributes --topic-arn …',
    api: 'sns get-topic-attributes',
    matches: (value) => has(value['Attributes'], 'TopicArn'),
    read(draft, value, context) {
      const arn = text(value, 'Attributes', 'TopicArn') ?? '';
      const policy = field(value, 'Attributes', 'Policy');
      if (policy === undefined) draft.classify(arn, 'no resource policy');
      else attach(draft, arn, policy, '/Attributes/Policy', 'sns get-topic-attributes', context);
    },
  }),
  answerShape({
    id: 'aws.queue-attributes',
    title: 'aws sqs get-queue-attributes --queue-url … --attribute-names All',
    api: 'sqs get-queue-attributes',
    matches: (value) => has(value['Attributes'], 'QueueArn'),
    read(draft, value, context) {
      const arn = text(value, 'Attributes', 'QueueArn') ?? '';
      const policy = field(value, 'Attributes', 'Policy');
      if (policy === undefined) draft.classify(arn, 'no resource policy');
      else attach(draft, arn, policy, '/Attributes/Policy', 'sqs get-queue-attributes', context);
    },
  }),
  answerShape({
    id: 'aws.repository-policy',
    title: 'aws ecr get-repository-policy --repository-name …',
    api: 'ecr get-repository-policy',
    matches: (value) => has(value, 'policyText') && text(value, 'repositoryName') !== null,
    read(draft, value, context) {
      const account = idText(value, 'registryId') ?? context.scope.account;
      const {region} = context.scope;
      const name = text(value, 'repositoryName') ?? '';
      if (account === null || region === null)
        return rejectNameless(
          draft,
          ledgerScope(context.scope),
          'region',
          'region',
          '111122223333/eu-central-1/repository-policy-app.json',
        );
      const arn = `arn:aws:ecr:${region}:${account}:repository/${name}`;
      attach(draft, arn, value['policyText'], '/policyText', 'ecr get-repository-policy', context);
    },
  }),
  answerShape({
    id: 'aws.bucket-policy-status',
    title: 'aws s3api get-bucket-policy-status --bucket …',
    api: 's3api get-bucket-policy-status',
    matches: (value) => has(value['PolicyStatus'], 'IsPublic'),
    read: mapPolicyStatus,
  }),
  answerShape({
    id: 'aws.public-access-block',
    title: 'aws s3api get-public-access-block --bucket …',
    api: 's3api get-public-access-block',
    matches: (value) => has(value['PublicAccessBlockConfiguration'], 'BlockPublicPolicy'),
    read: mapPublicAccessBlock,
  }),
  answerShape({
    id: 'aws.key',
    title: 'aws kms describe-key --key-id …',
    api: 'kms describe-key',
    matches: (value) => has(value['KeyMetadata'], 'KeyId'),
    read: mapKey,
  }),
];
