import {type Aws, type Holder, obtain} from './engine.ts';
import {ANY_RESOURCE} from './policy/index.ts';
import {type Chance, chanceOf, surer} from './ways.ts';

/** Any one of these amounts to control of workloads of the type. */
const CONTROL: Readonly<Record<string, readonly string[]>> = {
  cluster: ['eks:CreateAccessEntry'],
  database: ['rds:ModifyDBInstance', 'rds:CreateDBSnapshot'],
  bucket: ['s3:GetObject', 's3:PutBucketPolicy'],
  'key-vault': ['secretsmanager:GetSecretValue', 'kms:PutKeyPolicy'],
  queue: ['sqs:SetQueueAttributes'],
};

/** Rights over all data stores of a type in the account; rights over some of them count in the upper end. */
export function addDataRights(aws: Aws, holder: Holder): void {
  const {asking, facets} = aws;
  for (const [type, actions] of Object.entries(CONTROL)) {
    let found: Chance = {ways: [], because: []};
    let some: string | null = null;
    for (const action of actions) {
      const answer = asking.ask(holder.group, {action, resource: ANY_RESOURCE});
      found = surer(found, chanceOf(answer));
      if (answer.some) some ??= action;
    }
    if (found.ways.length === 0 && some !== null)
      found = {ways: [{level: 0, certainty: 'unknown'}], because: [`${some} on some resources`]};
    if (found.ways.length === 0) continue;
    obtain(aws, holder, facets.of(holder.account, type), {id: 'policies', edge: 'HAS_ROLE'}, found);
  }
}
