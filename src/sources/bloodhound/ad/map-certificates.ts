import {field, flag, list, number, pointer, text, texts} from '../../record.ts';
import type {Row} from '../../record.ts';
import {adEdge, domainHead, mentionAd} from './context.ts';
import type {AdContext} from './context.ts';
import {domainOf} from './ids.ts';

/** Rights that let their holder change an object of the certificate service. */
const CHANGES: ReadonlySet<string> = new Set([
  'GenericAll',
  'GenericWrite',
  'Owns',
  'WriteDacl',
  'WriteOwner',
  'WritePKIEnrollmentFlag',
  'WritePKINameFlag',
]);
const REQUESTS: ReadonlySet<string> = new Set(['Enroll', 'AutoEnroll', 'AllExtendedRights', 'GenericAll']);

/** Uses of a certificate by which somebody signs in as another. */
const ANY_PURPOSE = '2.5.29.37.0';
const REQUEST_AGENT = '1.3.6.1.4.1.311.20.2.1';

/** An issuing authority: its own root, the computer that holds its key, and who may manage it. */
export function mapAuthority(context: AdContext, object: Row, at: string): string {
  const fqdn = domainOf(object);
  const name = text(object, 'Properties', 'caname') ?? text(object, 'Properties', 'name');
  if (name === null || fqdn === null) return 'certificate authority without name or domain';
  const {draft} = context;
  const id = `pki:${name.replace(/@.*$/, '')}@${fqdn}`;
  draft.root({id, kind: 'pkiCa', name}, at);
  const head = domainHead(context, fqdn, at);
  if (head !== null)
    adEdge(
      context,
      id,
      head,
      'SIGNS_FOR',
      'issues certificates the domain signs in with, while it is in its store',
      at,
      'conditional',
    );
  const host = text(object, 'HostingComputer');
  if (host !== null && /^S-1-/i.test(host)) {
    const computer = mentionAd(context, host, 'Computer', pointer(at, 'HostingComputer'));
    adEdge(context, computer, id, 'HOSTS_ROOT', 'HostingComputer: holds the signing key', at);
  }
  // What the authority itself enforces is newer than what the directory says.
  const registry = field(object, 'CARegistryData', 'CASecurity');
  const enforced =
    flag(registry, 'Collected') === true
      ? {rows: list(registry, 'Data'), at: pointer(at, 'CARegistryData', 'CASecurity', 'Data')}
      : null;
  const rights = enforced ?? {rows: list(object, 'Aces'), at: pointer(at, 'Aces')};
  for (const [i, entry] of rights.rows.entries()) {
    const right = text(entry, 'RightName');
    const sid = text(entry, 'PrincipalSID');
    if (right === null || sid === null || !/^(?:ManageCA|ManageCertificates)$/.test(right)) continue;
    const where = pointer(rights.at, i);
    const holder = mentionAd(context, sid, text(entry, 'PrincipalType'), where);
    adEdge(
      context,
      holder,
      id,
      right === 'ManageCA' ? 'MANAGE_CA' : 'MANAGE_CERTIFICATES',
      `${right}: may issue what was refused`,
      where,
      'conditional',
    );
  }
  if (flag(object, 'CARegistryData', 'IsUserSpecifiesSanEnabled', 'Value') === true && head !== null)
    addRequesters(context, rights, head, 'the authority takes the name the applicant asks for');
  return '';
}

/** A template: who may request a certificate in somebody else's name, or change the template so that it does. */
export function mapTemplate(context: AdContext, object: Row, at: string): string {
  const fqdn = domainOf(object);
  const properties = field(object, 'Properties');
  const name = text(properties, 'name') ?? text(object, 'ObjectIdentifier') ?? 'template';
  const head = domainHead(context, fqdn, at);
  if (head === null) return 'certificate template without domain';
  const rights = {rows: list(object, 'Aces'), at: pointer(at, 'Aces')};
  const fault = faultOf(properties);
  if (fault !== null) addRequesters(context, rights, head, `${name}: ${fault}`);
  for (const [i, entry] of rights.rows.entries()) {
    const right = text(entry, 'RightName');
    const sid = text(entry, 'PrincipalSID');
    if (right === null || sid === null || !CHANGES.has(right)) continue;
    const where = pointer(rights.at, i);
    const holder = mentionAd(context, sid, text(entry, 'PrincipalType'), where);
    adEdge(
      context,
      holder,
      head,
      'CHANGES_TEMPLATE',
      `${right} on ${name}, if an authority publishes it`,
      where,
      'conditional',
    );
  }
  return '';
}

/** Why a certificate of the template signs in as anybody; null = it does not. */
function faultOf(properties: unknown): string | null {
  const guarded =
    flag(properties, 'requiresmanagerapproval') === true ||
    (number(properties, 'authorizedsignatures') ?? 0) > 0;
  if (guarded) return null;
  const uses = [...texts(properties, 'effectiveekus'), ...texts(properties, 'ekus')];
  const signsIn =
    flag(properties, 'authenticationenabled') === true || uses.length === 0 || uses.includes(ANY_PURPOSE);
  if (flag(properties, 'enrolleesuppliessubject') === true && signsIn)
    return 'the applicant chooses the name (enrolleesuppliessubject)';
  if (uses.includes(REQUEST_AGENT)) return 'certificates of it request certificates for others';
  if (uses.includes(ANY_PURPOSE) || uses.length === 0) return 'certificates of it are good for any purpose';
  return null;
}

function addRequesters(
  context: AdContext,
  rights: {rows: unknown[]; at: string},
  head: string,
  because: string,
): void {
  for (const [i, entry] of rights.rows.entries()) {
    const right = text(entry, 'RightName');
    const sid = text(entry, 'PrincipalSID');
    if (right === null || sid === null || !REQUESTS.has(right)) continue;
    const where = pointer(rights.at, i);
    const holder = mentionAd(context, sid, text(entry, 'PrincipalType'), where);
    adEdge(
      context,
      holder,
      head,
      'REQUESTS_CERTIFICATE',
      `${right} on ${because}; if an authority publishes it`,
      where,
      'conditional',
    );
  }
}
