import type {Draft} from '../draft.ts';
import {text} from '../record.ts';
import type {Row} from '../record.ts';
import type {AnswerContext} from './answer-shape.ts';
import {partitionOf} from './arn.ts';
import {blank} from './map-compute.ts';
import {userDataSecret} from './plain-secrets.ts';
import {ledgerScope} from './scope.ts';
import {rejectNameless} from './subject.ts';

/** ec2 describe-instance-attribute --attribute userData: the script an instance starts with, for secrets in it only. */
export function mapUserData(draft: Draft, value: Row, {scope}: AnswerContext): void {
  const instance = text(value, 'InstanceId') ?? '';
  const script = text(value, 'UserData', 'Value');
  const {account, region} = scope;
  const line = `${ledgerScope(scope)}/${instance}`;
  const secret = userDataSecret(draft, script, '/UserData/Value');
  if (secret === null && script !== null) return draft.classify(line, 'packed user data');
  if (secret !== true) return draft.classify(line, 'user data without a secret');
  if (account === null || region === null)
    return rejectNameless(
      draft,
      line,
      'account and region',
      'InstanceId',
      '111122223333/eu-central-1/user-data-i-0123456789abcdef0.json',
    );
  const id = `aws:arn:${partitionOf(region)}:ec2:${region}:${account}:instance/${instance}`;
  draft.keep(
    {
      ...blank(draft, id, account, region, ''),
      name: instance,
      type: 'vm',
      nativeType: 'AWS::EC2::Instance',
      attributes: {plainSecrets: 'UserData'},
    },
    '',
    line,
  );
}
