import {emptyFacts} from '../src/model/facts.ts';
import type {Estate, PolicyDocument, Principal, Workload} from '../src/model/estate.ts';
import {type Dice, dice as createDice} from './estate/dice.ts';

export interface Sizes {
  roles: number;
  users: number;
  workloads: number;
  accounts: number;
  seed: number;
}

type Json = Record<string, unknown>;

const allow = (actions: string[], resource: string | string[] = '*', more: Json = {}): Json => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
  ...more,
});

const SERVICES = ['lambda', 'ec2', 'ecs-tasks', 'glue', 'codebuild', 'cloudformation', 'sagemaker'] as const;

const KINDS = [
  {
    type: 'function',
    native: 'AWS::Lambda::Function',
    arn: (a: string, i: number) => `lambda:eu-central-1:${a}:function:team${i % 40}-f${i}`,
  },
  {
    type: 'vm',
    native: 'AWS::EC2::Instance',
    arn: (a: string, i: number) => `ec2:eu-central-1:${a}:instance/i-${i.toString(16).padStart(17, '0')}`,
  },
  {
    type: 'container-service',
    native: 'AWS::ECS::Task',
    arn: (a: string, i: number) => `ecs:eu-central-1:${a}:task/c/${i}`,
  },
] as const;

/** Accounts of one organisation in which most identities have a policy of their own and some rights over others. */
export function accountEstate({roles, users, workloads, accounts, seed}: Sizes): Estate {
  const dice = createDice(seed);
  const estate: Estate = {...emptyFacts(), sources: [], ledger: [], applications: []};
  const org = 'aws-org:o-bench00001';
  const number = (i: number): string => String(300_000_000_000 + (i % accounts));
  estate.containers.push({
    id: org,
    kind: 'organization',
    name: 'bench',
    cloud: 'aws',
    parent: null,
    root: org,
    tags: {},
  });
  for (let a = 0; a < accounts; a++) {
    estate.containers.push({
      id: `aws-account:${number(a)}`,
      kind: 'account',
      name: `account ${a}`,
      cloud: 'aws',
      parent: org,
      root: org,
      tags: {},
      attributes: {joinedMethod: 'CREATED'},
    });
  }
  estate.policyDocuments.push(
    scp('FullAWSAccess', [allow(['*'])], org, accounts, number),
    scp(
      'guardrails',
      [
        {
          Effect: 'Deny',
          Action: ['organizations:LeaveOrganization', 'cloudtrail:StopLogging'],
          Resource: '*',
        },
        {
          Effect: 'Deny',
          Action: ['iam:CreateUser'],
          Resource: '*',
          Condition: {ArnNotLike: {'aws:PrincipalArn': 'arn:aws:iam::*:role/role-7*'}},
        },
      ],
      org,
      0,
      number,
    ),
  );
  for (let i = 0; i < roles + users; i++)
    addPrincipal(estate, i < roles ? 'iamRole' : 'iamUser', i, number(i), dice, roles);
  for (let i = 0; i < workloads; i++) {
    const kind = KINDS[i % KINDS.length]!;
    const at = number(i);
    // Of the roles of the same account, so that it holds together.
    const role = (i % Math.max(1, Math.floor(roles / accounts))) * accounts + (i % accounts);
    estate.workloads.push(
      workload(`aws:arn:aws:${kind.arn(at, i)}`, kind, at, `aws:arn:aws:iam::${at}:role/role-${role}`),
    );
  }
  estate.principals.sort((a, b) => (a.id < b.id ? -1 : 1));
  return estate;
}

function scp(
  name: string,
  statements: Json[],
  org: string,
  accounts: number,
  number: (i: number) => string,
): PolicyDocument {
  const members = Array.from({length: accounts}, (_, i) => `aws-account:${number(i)}`);
  return {
    id: `aws:${name}`,
    name,
    kind: 'scp',
    document: document(statements),
    attachedTo: [org, ...members],
  };
}

function document(statements: Json[]): Json {
  return {Version: '2012-10-17', Statement: statements};
}

function addPrincipal(
  estate: Estate,
  kind: 'iamRole' | 'iamUser',
  i: number,
  account: string,
  dice: Dice,
  roles: number,
): void {
  const word = kind === 'iamRole' ? 'role' : 'user';
  const id = `aws:arn:aws:iam::${account}:${word}/${word}-${i}`;
  const inline = `${id}#inline/own`;
  estate.policyDocuments.push({
    id: inline,
    name: 'own',
    kind: 'inline',
    document: document(statementsOf(i, account, dice, roles)),
  });
  const service = SERVICES[i % SERVICES.length]!;
  const principal: Principal = {
    id,
    kind,
    name: `${word}-${i}`,
    cloud: 'aws',
    container: `aws-account:${account}`,
    person: false,
    memberOf: [],
    policies: [inline],
  };
  if (kind === 'iamRole') {
    const trusted =
      i % 5 === 0 ? {AWS: `arn:aws:iam::${account}:root`} : {Service: `${service}.amazonaws.com`};
    principal.trust = document([{Effect: 'Allow', Action: 'sts:AssumeRole', Principal: trusted}]);
    if (service === 'ec2') {
      const profile = `aws:arn:aws:iam::${account}:instance-profile/role-${i}`;
      estate.principals.push({...principal, id: profile, kind: 'unknown', policies: [], implied: true});
      estate.edges.push({
        from: profile,
        to: id,
        kind: 'RUNS_AS',
        level: 0,
        certainty: 'certain',
        evidence: 'profile',
        place: {},
      });
    }
  }
  estate.principals.push(principal);
}

/** Most may read and write things of their team; some may pass roles, run code or change identities. */
function statementsOf(i: number, account: string, dice: Dice, roles: number): Json[] {
  const team = `team${i % 40}`;
  const own = [allow(['s3:GetObject', 's3:PutObject', `dynamodb:GetItem`], [`arn:aws:s3:::${team}-${i}/*`])];
  const roll = dice.integer(100);
  if (roll < 15)
    own.push(
      allow(
        ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
        `arn:aws:lambda:*:${account}:function:${team}-*`,
      ),
    );
  if (roll < 10)
    own.push(
      allow(['iam:PassRole'], `arn:aws:iam::${account}:role/role-${dice.integer(100)}*`),
      allow(['lambda:*', 'ecs:*', 'glue:*']),
    );
  if (roll >= 15 && roll < 22)
    own.push(
      allow(['ssm:SendCommand', 'ssm:StartSession'], '*', {
        Condition: {StringEquals: {'aws:ResourceTag/team': team}},
      }),
    );
  if (roll >= 22 && roll < 26) own.push(allow(['iam:PassRole', 'ec2:RunInstances', 'cloudformation:*']));
  if (roll >= 26 && roll < 32)
    own.push(allow(['sts:AssumeRole'], `arn:aws:iam::${account}:role/role-${dice.integer(roles)}`));
  if (roll >= 32 && roll < 36) own.push(allow(['sts:AssumeRole']));
  if (roll >= 36 && roll < 38)
    own.push(allow(['iam:CreateAccessKey', 'iam:PutUserPolicy'], `arn:aws:iam::${account}:user/user-1*`));
  if (roll === 38) own.push(allow(['*']));
  return own;
}

function workload(id: string, kind: (typeof KINDS)[number], account: string, role: string): Workload {
  return {
    id,
    name: id.slice(id.lastIndexOf(':') + 1),
    type: kind.type,
    cloud: 'aws',
    nativeType: kind.native,
    source: 'bench',
    container: `aws-account:${account}`,
    application: null,
    region: 'eu-central-1',
    state: 'running',
    tags: {},
    os: null,
    vcpu: null,
    memoryMiB: null,
    storageMiB: null,
    identities: [role],
    internetExposed: null,
    host: null,
    attributes: {},
  };
}
