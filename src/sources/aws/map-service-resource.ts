import type {Draft} from '../draft.ts';
import {field, isRow, known, list, pointer, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {AnswerContext} from './answer-shape.ts';
import {accountOf, parseArn, partitionOf} from './arn.ts';
import {askForScope} from './ask-for-scope.ts';
import {blank} from './map-compute.ts';
import {awsTags, lastPart, mentionInstanceProfile, mentionRoleNamed} from './mentions.ts';
import {containerSettings, plainSecrets, settings, userDataSecret} from './plain-secrets.ts';
import {ledgerScope} from './scope.ts';
import type {NameListSpec, ResourceSpec} from './service-resources.ts';

/** Ledger scope of answers that prove no absence in the account; another file of the kind does not replace them. */
function byName({file}: AnswerContext): string {
  return `asked by name (${file.display})`;
}

/** All rows of an answer the table describes. */
export function mapResources(draft: Draft, spec: ResourceSpec, value: Row, context: AnswerContext): void {
  const rows =
    spec.single === true ? [spec.key === '' ? value : field(value, spec.key)] : list(value, spec.key);
  for (const [i, row] of rows.entries()) {
    const at = spec.single === true ? (spec.key === '' ? '' : `/${spec.key}`) : `/${spec.key}/${i}`;
    mapResource(draft, spec, row, at, context);
  }
  if (rows.length === 0 && spec.named === true) draft.tally(byName(context));
  askForScope(draft);
  if (spec.rolesIn !== undefined && draft.facts.workloads.length > 0)
    tellRolesMissing(draft, spec.rolesIn, '');
}

function mapResource(
  draft: Draft,
  spec: ResourceSpec,
  row: unknown,
  at: string,
  context: AnswerContext,
): void {
  const {scope} = context;
  if (!isRow(row)) return draft.reject(ledgerScope(scope), 'not an object', at);
  const arn = arnOf(spec, row, context);
  if (arn === null)
    return draft.reject(ledgerScope(scope), `no ${spec.arn.replace(/^.*\{(.*)\}$/, '$1')}`, at);
  const account = accountOf(arn) ?? scope.account;
  const region = parseArn(arn)?.region ?? scope.region;
  // What was asked for by name proves nothing about the account: its line is the thing itself.
  const line = spec.single === true || spec.named === true ? arn : ledgerScope({account, region});
  const id = `aws:${arn}`;
  if (spec.only !== undefined && field(row, spec.only) === false)
    return draft.classify(line, 'other version');
  if (!draft.claim(id, row, at, line)) return;
  if (isTaskOfService(spec, row)) return draft.classify(line, 'task of a service');
  const pairs = [
    ...(spec.settings ?? []).flatMap((path) => settings(valueAt(row, path))),
    ...(spec.containers ?? []).flatMap((path) => containerSettings(row, ...path.split('.'))),
  ];
  const tags = awsTags(draft, field(row, 'Tags') ?? field(row, 'tags'), pointer(at, 'Tags'));
  draft.keep(
    {
      ...blank(draft, id, account, region, at),
      name: text(row, ...spec.name.split('.')) ?? lastPart(arn),
      type: spec.type,
      nativeType: spec.nativeType,
      state: stateOf(spec, row),
      tags,
      identities: identities(draft, spec, row, at, account),
      attributes: known<string | number | boolean>({
        ...furtherFields(spec, row),
        rolesIn: spec.rolesIn ?? null,
        plainSecrets: secretsOf(draft, row, pairs, at),
      }),
    },
    at,
    line,
  );
  runsAsDefinition(draft, spec, row, id, at, arn);
  hostsIssuer(draft, row, id, at);
}

/** Tasks a service starts are the service; those with a role of their own are not. */
function isTaskOfService(spec: ResourceSpec, row: Row): boolean {
  return (
    spec.nativeType === 'AWS::ECS::Task' &&
    text(row, 'group')?.startsWith('service:') === true &&
    text(row, 'overrides', 'taskRoleArn') === null
  );
}

function valueAt(row: Row, path: string): unknown {
  return field(row, ...path.split('.'));
}

function arnOf(spec: ResourceSpec, row: Row, {scope}: AnswerContext): string | null {
  if (!spec.arn.includes(':')) {
    const stated = text(row, ...spec.arn.split('.'));
    return parseArn(stated) === null ? null : stated;
  }
  const [service = '', rest = ''] = spec.arn.split(':');
  const key = /\{(.*)\}/.exec(rest)?.[1] ?? '';
  const name = text(row, key);
  if (name === null) return null;
  const {account, region} = {
    account: roleAccount(spec, row) ?? scope.account ?? '',
    region: scope.region ?? '',
  };
  return `arn:${partitionOf(scope.region)}:${service}:${region}:${account}:${rest.replace(/\{.*\}/, name)}`;
}

/** A role lives in the account of what uses it: services take no role of another account. */
function roleAccount(spec: ResourceSpec, row: Row): string | null {
  for (const path of spec.roles) {
    const account = accountOf(text(row, ...path.split('.')));
    if (account !== null) return account;
  }
  return null;
}

function identities(
  draft: Draft,
  spec: ResourceSpec,
  row: Row,
  at: string,
  account: string | null,
): string[] {
  const found = spec.roles.flatMap((path) => {
    const role = text(row, ...path.split('.'));
    const where = pointer(at, ...path.split('.'));
    const id = role?.includes(':instance-profile/')
      ? mentionInstanceProfile(draft, role, where)
      : mentionRoleNamed(draft, role, account, where);
    return id ?? [];
  });
  const profile = mentionInstanceProfile(
    draft,
    text(row, 'IamInstanceProfile'),
    pointer(at, 'IamInstanceProfile'),
  );
  return [...new Set([...found, ...(profile === null ? [] : [profile])])];
}

function stateOf(spec: ResourceSpec, row: Row): 'running' | 'stopped' | 'unknown' {
  if (spec.state === undefined) return 'unknown';
  const [path, ...running] = spec.state;
  const state = text(row, ...path.split('.'));
  if (state === null) return 'unknown';
  if (running.includes(state)) return 'running';
  return /^stopped$/i.test(state) ? 'stopped' : 'unknown';
}

function furtherFields(spec: ResourceSpec, row: Row): Record<string, string | number | boolean | null> {
  const kept: Record<string, string | number | boolean | null> = {};
  for (const [name, path] of Object.entries(spec.attributes ?? {})) {
    const value = valueAt(row, path);
    kept[name] =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  }
  return kept;
}

function secretsOf(draft: Draft, row: Row, pairs: [string, unknown][], at: string): string | null {
  const named = plainSecrets(draft, 'environment', pairs, pointer(at, 'environment'));
  const script =
    userDataSecret(draft, text(row, 'UserData'), pointer(at, 'UserData')) === true ? 'UserData' : null;
  return named !== null && script !== null ? `${named}, ${script}` : (named ?? script);
}

/** A service or task acts with the roles of its task definition. */
function runsAsDefinition(
  draft: Draft,
  spec: ResourceSpec,
  row: Row,
  id: string,
  at: string,
  arn: string,
): void {
  const given = spec.definition === undefined ? null : text(row, spec.definition);
  if (given === null || spec.definition === undefined) return;
  // Services may name it as `family:revision`.
  const parsed = parseArn(arn);
  const definition =
    parseArn(given) === null
      ? `arn:${parsed?.partition ?? 'aws'}:ecs:${parsed?.region ?? ''}:${parsed?.account ?? ''}:task-definition/${given}`
      : given;
  draft.edge({
    from: id,
    to: `aws:${definition}`,
    kind: 'RUNS_AS',
    level: 0,
    certainty: 'certain',
    evidence: `${spec.definition} = ${given}`,
    place: draft.place(pointer(at, spec.definition), id),
  });
}

/** Whoever runs a cluster can have tokens signed for any of its service accounts. */
function hostsIssuer(draft: Draft, row: Row, id: string, at: string): void {
  const issuer = text(row, 'identity', 'oidc', 'issuer');
  if (issuer === null) return;
  const where = pointer(at, 'identity', 'oidc', 'issuer');
  const root = `oidc:${issuer.replace(/\/$/, '').toLowerCase()}`;
  draft.root({id: root, kind: 'oidcIssuer', name: issuer}, where);
  draft.edge({
    from: id,
    to: root,
    kind: 'HOSTS_ROOT',
    level: 0,
    certainty: 'certain',
    evidence: `identity.oidc.issuer = ${issuer}`,
    place: draft.place(where, id),
  });
}

/** Lists of names: the things are there, the roles they act with are not in the answer. */
export function mapNames(draft: Draft, spec: NameListSpec, value: Row, context: AnswerContext): void {
  const {scope} = context;
  const entries = list(value, spec.key);
  for (const [i, entry] of entries.entries()) {
    const at = `/${spec.key}/${i}`;
    const name = text(entry);
    const arn = name === null ? null : arnOfName(spec, name, scope);
    if (name === null || arn === null) {
      draft.reject(ledgerScope(scope), 'not a name', at);
      continue;
    }
    const parsed = parseArn(arn);
    const account = accountOf(arn) ?? scope.account;
    const region = parsed?.region ?? scope.region;
    const line = spec.within === true ? byName(context) : ledgerScope({account, region});
    const id = `aws:${arn}`;
    if (!draft.claim(id, entry, at, line)) continue;
    draft.keep(
      {
        ...blank(draft, id, account, region, at),
        name: lastPart(parsed?.resource ?? name),
        type: spec.type,
        nativeType: spec.nativeType,
        attributes: {rolesIn: spec.describe},
      },
      at,
      line,
    );
  }
  if (entries.length === 0 && spec.within === true) draft.tally(byName(context));
  askForScope(draft);
  if (draft.facts.workloads.length > 0) tellRolesMissing(draft, spec.describe, `/${spec.key}`);
}

function arnOfName(
  spec: NameListSpec,
  name: string,
  {account, region}: AnswerContext['scope'],
): string | null {
  if (parseArn(name) !== null) return name;
  if (spec.arn === undefined || !spec.entry.test(name)) return null;
  const [service = '', resource = ''] = spec.arn.split(':');
  return `arn:${partitionOf(region)}:${service}:${region ?? ''}:${account ?? ''}:${resource.replace('{}', name)}`;
}

function tellRolesMissing(draft: Draft, api: string, at: string): void {
  draft.find({
    code: 'BH-SRC-221',
    severity: 'info',
    message: 'The answer names resources, but not the roles they act with.',
    where: draft.place(at),
    remedy: `Export \`aws ${api}\` for each of them too.`,
  });
}
