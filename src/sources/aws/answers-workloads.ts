import {field, idText, list, text} from '../record.ts';
import {answerShape, eachRow, has, isListOf} from './answer-shape.ts';
import type {AnswerShape} from './answer-shape.ts';
import {askForScope} from './ask-for-scope.ts';
import {mapFunction, mapInstance} from './map-compute.ts';
import {mapUserData} from './map-user-data.ts';
import {mapBucket, mapDbCluster, mapDbInstance} from './map-data.ts';

/** Machines, databases, functions and buckets. */
export const WORKLOADS: AnswerShape[] = [
  answerShape({
    id: 'aws.ec2-instances',
    title: 'aws ec2 describe-instances',
    api: 'ec2 describe-instances',
    matches: (value) => isListOf(value, 'Reservations', (row) => Array.isArray(row['Instances'])),
    read(draft, value, {scope}) {
      const hint = scope.account;
      eachRow(value, 'Reservations', (reservation, at) => {
        const owner = idText(reservation, 'OwnerId');
        const instances = field(reservation, 'Instances');
        if (!Array.isArray(instances))
          return draft.reject(owner ?? hint ?? '*', 'reservation without Instances', at);
        for (const [i, row] of instances.entries())
          mapInstance(draft, row, `${at}/Instances/${i}`, owner, hint);
      });
      askForScope(draft);
    },
  }),
  answerShape({
    id: 'aws.user-data',
    title: 'aws ec2 describe-instance-attribute --attribute userData --instance-id …',
    api: 'ec2 describe-instance-attribute',
    matches: (value) => text(value, 'InstanceId')?.startsWith('i-') === true && has(value, 'UserData'),
    read: mapUserData,
  }),
  answerShape({
    id: 'aws.rds-instances',
    title: 'aws rds describe-db-instances',
    api: 'rds describe-db-instances',
    matches: (value) => isListOf(value, 'DBInstances', (row) => has(row, 'DBInstanceIdentifier')),
    read(draft, value, {scope}) {
      const clusters = new Map<string, string>();
      eachRow(value, 'DBInstances', (row, at) => mapDbInstance(draft, row, at, scope.account, clusters));
      askForScope(draft);
    },
  }),
  answerShape({
    id: 'aws.rds-clusters',
    title: 'aws rds describe-db-clusters',
    api: 'rds describe-db-clusters',
    matches: (value) => isListOf(value, 'DBClusters', (row) => has(row, 'DBClusterIdentifier')),
    read: (draft, value, {scope}) =>
      eachRow(value, 'DBClusters', (row, at) => mapDbCluster(draft, row, at, scope.account)),
  }),
  answerShape({
    id: 'aws.lambda-functions',
    title: 'aws lambda list-functions',
    api: 'lambda list-functions',
    matches: (value) => isListOf(value, 'Functions', (row) => has(row, 'FunctionArn')),
    read: (draft, value, {scope}) =>
      eachRow(value, 'Functions', (row, at) => mapFunction(draft, row, at, scope.account)),
  }),
  answerShape({
    id: 'aws.s3-buckets',
    title: 'aws s3api list-buckets',
    api: 's3api list-buckets',
    matches: (value) =>
      isListOf(value, 'Buckets', (row) => has(row, 'Name') && has(row, 'CreationDate')) &&
      (has(value, 'Owner') || list(value, 'Buckets').length > 0),
    read(draft, value, {scope}) {
      eachRow(value, 'Buckets', (row, at) => mapBucket(draft, row, at, scope.account));
      askForScope(draft);
    },
  }),
];
