import type {Decoded, InputFile} from '../../model/decoded.ts';
import type {Intake} from '../../model/estate.ts';
import {createDraft} from '../draft.ts';
import type {Draft} from '../draft.ts';
import {field, flag, isRow, list, number, someRow, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {IntakeHints, Shape} from '../shape.ts';
import {adContext} from './ad/context.ts';
import type {AdContext} from './ad/context.ts';
import {domainOf} from './ad/ids.ts';
import {mapAccount, mapAdGroup} from './ad/map-accounts.ts';
import {mapAuthority, mapTemplate} from './ad/map-certificates.ts';
import {mapAdDomain, mapPolicy, mapUnit} from './ad/map-domains.ts';
import {mapAzureHound} from './azurehound.ts';

/** Reads one object; returns a reject reason, or '' when it was read. */
type ObjectMapper = (context: AdContext, object: Row, at: string) => string;

/** Files of a SharpHound collection by their `meta.type`: how their objects are read, and their ledger word. */
const OBJECTS: ReadonlyMap<string, {word: string; map: ObjectMapper}> = new Map<
  string,
  {word: string; map: ObjectMapper}
>([
  ['users', {word: 'account', map: (context, object, at) => mapAccount(context, object, at, 'user')}],
  [
    'computers',
    {word: 'computer', map: (context, object, at) => mapAccount(context, object, at, 'computer')},
  ],
  ['groups', {word: 'group', map: mapAdGroup}],
  ['domains', {word: 'domain', map: mapAdDomain}],
  ['ous', {word: 'unit', map: mapUnit}],
  ['containers', {word: 'container', map: mapUnit}],
  ['gpos', {word: 'group policy', map: mapPolicy}],
  ['enterprisecas', {word: 'certificate authority', map: mapAuthority}],
  ['certtemplates', {word: 'certificate template', map: mapTemplate}],
]);

/** Files that are counted only: nothing in them is a control that another file does not say. */
const COUNTED: ReadonlyMap<string, string> = new Map([
  ['rootcas', 'root certificate'],
  ['aiacas', 'authority certificate'],
  ['ntauthstores', 'certificate store'],
  ['issuancepolicies', 'issuance policy'],
  ['sessions', 'session'],
]);

/** The oldest collector whose files have this form. */
const FIRST_VERSION = 4;

const REMEDY = 'Collect again with a SharpHound of version 1.0 or newer (its files say version 4 or higher).';

/** BloodHound's collectors: AzureHound, and one shape per file of SharpHound, since newer files replace older ones by shape. */
export const shapes: Shape[] = [
  {
    id: 'bloodhound.azurehound',
    title: 'AzureHound output ({"data": [{"kind": "AZUser", …}], "meta": …})',
    matches: (decoded: Decoded) => decoded.kind === 'json' && isAzureHound(decoded.value),
    map(decoded: Decoded, file: InputFile, hints: IntakeHints): Intake {
      const draft = createDraft({
        format: 'bloodhound.azurehound',
        cloud: 'azure',
        api: 'azurehound',
        file,
        hints,
      });
      if (decoded.kind === 'json') {
        mapAzureHound(draft, list(decoded.value, 'data'));
        checkCount(draft, decoded.value);
      }
      return draft.finish();
    },
  },
  ...[...OBJECTS.keys(), ...COUNTED.keys()].map(sharpHound),
  {
    ...sharpHound('other'),
    matches: (decoded: Decoded) => decoded.kind === 'json' && typeOf(decoded.value) === 'other',
  },
];

function sharpHound(type: string): Shape {
  const id = `bloodhound.${type}`;
  return {
    id,
    title: `SharpHound ${type} ({"data": […], "meta": {"type": "${type}", …}})`,
    matches: (decoded: Decoded) => decoded.kind === 'json' && typeOf(decoded.value) === type,
    map(decoded: Decoded, file: InputFile, hints: IntakeHints): Intake {
      const draft = createDraft({format: id, cloud: 'private', api: `sharphound ${type}`, file, hints});
      if (decoded.kind === 'json') readObjects(draft, decoded.value, type, hints);
      return draft.finish();
    },
  };
}

function readObjects(draft: Draft, value: unknown, type: string, hints: IntakeHints): void {
  const context = adContext(draft);
  const kind = OBJECTS.get(type);
  const word =
    kind?.word ?? COUNTED.get(type) ?? `object of type ${text(value, 'meta', 'type') ?? 'unknown'}`;
  for (const [i, object] of list(value, 'data').entries()) {
    const at = `/data/${i}`;
    if (!isRow(object)) {
      draft.reject(hints.scope ?? '*', 'not an object', at);
      continue;
    }
    const scope = domainOf(object) ?? hints.scope ?? '*';
    if (flag(object, 'IsDeleted') === true) {
      draft.classify(scope, `deleted ${word}`);
      continue;
    }
    const id = text(object, 'ObjectIdentifier');
    // A domain is listed again, without names, for what the collector could not read.
    if (
      id !== null &&
      type !== 'domains' &&
      kind !== undefined &&
      !draft.claim(`${type} ${id.toUpperCase()}`, object, at, scope)
    )
      continue;
    const reason = kind?.map(context, object, at) ?? '';
    if (reason === '') draft.classify(scope, word);
    else draft.reject(scope, reason, at);
  }
  noteRights(context);
  noteVersion(draft, value);
  checkCount(draft, value);
}

function noteRights({draft, strangeRights}: AdContext): void {
  if (strangeRights.size === 0) return;
  const named = [...strangeRights].toSorted(([a], [b]) => (a < b ? -1 : 1));
  draft.find({
    code: 'BH-SRC-240',
    severity: 'low',
    message: `Rights without an entry in the table, which give nothing here: ${named
      .slice(0, 20)
      .map(([right, {count}]) => `${right.slice(0, 60)} ${count}`)
      .join(', ')}.`,
    where: draft.place(named[0]?.[1].at ?? ''),
    remedy: 'State as edges in identity.yaml those that give control.',
  });
}

function noteVersion(draft: Draft, value: unknown): void {
  const version = number(value, 'meta', 'version');
  if (version === null || version >= FIRST_VERSION) return;
  draft.find({
    code: 'BH-SRC-241',
    severity: 'medium',
    message: `The file is of collector version ${version}; its fields are read as those of version ${FIRST_VERSION} and may be missed.`,
    where: draft.place('/meta/version'),
    remedy: REMEDY,
  });
}

/** The collector counts what it wrote: fewer objects than that means the file was cut. */
function checkCount(draft: Draft, value: unknown): void {
  const stated = number(value, 'meta', 'count');
  const held = list(value, 'data').length;
  if (stated !== null && stated > held)
    draft.incomplete(
      `meta.count says ${stated}, the file holds ${held}`,
      'Collect again without interruption.',
      '/meta/count',
    );
}

/** `meta.type` of a SharpHound file; `other` for one the table does not know; null = no such file. */
function typeOf(value: unknown): string | null {
  if (!isRow(value) || !Array.isArray(field(value, 'data')) || isAzureHound(value)) return null;
  const type = text(value, 'meta', 'type')?.toLowerCase() ?? null;
  if (type === null) return null;
  if (OBJECTS.has(type) || COUNTED.has(type)) return type;
  return someRow(field(value, 'data'), (row) => Object.hasOwn(row, 'ObjectIdentifier')) ? 'other' : null;
}

function isAzureHound(value: unknown): boolean {
  if (!isRow(value) || !Array.isArray(field(value, 'data'))) return false;
  if (text(value, 'meta', 'type') === 'azure') return true;
  return someRow(
    field(value, 'data'),
    (row) => /^AZ[A-Z]/.test(text(row, 'kind') ?? '') && Object.hasOwn(row, 'data'),
  );
}
