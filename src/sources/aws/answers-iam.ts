import {answerShape} from './answer-shape.ts';
import type {AnswerShape} from './answer-shape.ts';
import {mapAuthorizationDetails} from './map-authorization.ts';

/** IAM. */
export const IAM: AnswerShape[] = [
  answerShape({
    id: 'aws.authorization-details',
    title: 'aws iam get-account-authorization-details',
    api: 'iam get-account-authorization-details',
    matches: (value) =>
      ['UserDetailList', 'RoleDetailList', 'GroupDetailList'].some((key) => Array.isArray(value[key])),
    read: (draft, value, {hints, scope}) =>
      mapAuthorizationDetails(draft, value, scope.account ?? hints.scope),
  }),
];
