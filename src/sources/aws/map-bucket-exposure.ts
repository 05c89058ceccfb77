import type {Workload} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {flag, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {AnswerContext} from './answer-shape.ts';
import {partitionOf} from './arn.ts';
import {blank} from './map-compute.ts';
import {named} from './map-resource-policy.ts';
import {ledgerScope} from './scope.ts';
import {rejectNameless} from './subject.ts';

/** `PolicyStatus` of s3api get-bucket-policy-status: whether S3 itself calls the bucket's policy public. */
export function mapPolicyStatus(draft: Draft, value: Row, context: AnswerContext): void {
  const open = flag(value, 'PolicyStatus', 'IsPublic');
  mentionBucket(draft, value, context, /bucket[-_ ]?policy/, {
    internetExposed: open === true ? {value: true, field: 'PolicyStatus.IsPublic = true'} : null,
    attributes: open === null ? {} : {policyIsPublic: open},
  });
}

/** `PublicAccessBlockConfiguration` of s3api get-public-access-block: only all four together close a bucket. */
export function mapPublicAccessBlock(draft: Draft, value: Row, context: AnswerContext): void {
  const switches = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
  const closed = switches.every((name) => flag(value, 'PublicAccessBlockConfiguration', name) === true);
  if (text(value, 'AccountId') !== null)
    return draft.classify(text(value, 'AccountId') ?? '*', 'account-wide block');
  mentionBucket(draft, value, context, /public[-_ ]?access[-_ ]?block/, {
    internetExposed: closed
      ? {value: false, field: 'PublicAccessBlockConfiguration: all four settings are on'}
      : null,
    attributes: {publicAccessBlocked: closed},
  });
}

function mentionBucket(
  draft: Draft,
  value: Row,
  context: AnswerContext,
  command: RegExp,
  facts: Pick<Workload, 'internetExposed' | 'attributes'>,
): void {
  const {scope} = context;
  const bucket = text(value, 'Bucket') ?? named(context, command);
  if (bucket === null)
    return rejectNameless(
      draft,
      ledgerScope(scope),
      'bucket',
      'Bucket',
      'public-access-block-my-bucket.json',
    );
  const arn = `arn:${partitionOf(scope.region)}:s3:::${bucket}`;
  draft.keep(
    {
      ...blank(draft, `aws:${arn}`, scope.account, null, ''),
      name: bucket,
      type: 'bucket',
      nativeType: 'AWS::S3::Bucket',
      ...facts,
    },
    '',
    arn,
  );
}
