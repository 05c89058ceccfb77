import {jsonFile, type GeneratedFile} from './files.ts';
import {AWS_ACCOUNTS, type AwsAccountKey} from './ids.ts';
import {adfsMetadata} from './signing-certificate.ts';

const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'cert_1_active',
  'cert_2_active',
] as const;
type Cells = Partial<Record<(typeof COLUMNS)[number], string>>;

const CREATED = '2022-04-02T08:00:00+00:00';
const EMERGENCY: Cells = {
  user: 'breakglass',
  password_enabled: 'true',
  password_last_used: 'no_information',
  password_last_changed: '2026-04-02T08:00:00+00:00',
  mfa_active: 'true',
};

/** Who can sign in or use a key. The one key was made for the first release of the donation site and never replaced. */
const USERS: Record<'management' | 'imaging' | 'web', Cells[]> = {
  management: [EMERGENCY],
  imaging: [EMERGENCY],
  web: [
    EMERGENCY,
    {
      user: 'deploy',
      user_creation_time: '2023-01-17T10:20:00+00:00',
      access_key_1_active: 'true',
      access_key_1_last_rotated: '2023-01-17T10:20:00+00:00',
      access_key_1_last_used_date: '2026-10-04T04:11:00+00:00',
    },
    {
      user: 'helpdesk',
      password_enabled: 'true',
      password_last_used: '2026-09-28T07:45:00+00:00',
      password_last_changed: '2026-08-11T07:30:00+00:00',
      mfa_active: 'true',
    },
  ],
};

/** Credential reports, and the SAML provider whose metadata holds the key of the clinic's AD FS. */
export function credentialFiles(): GeneratedFile[] {
  return [
    ...(['management', 'imaging', 'web'] as const).map(report),
    jsonFile(
      'inventory/aws/imaging-saml-provider-harbor-adfs.json',
      {
        SAMLMetadataDocument: adfsMetadata(),
        CreateDate: '2022-05-03T12:00:00+00:00',
        ValidUntil: '2122-05-03T12:00:00+00:00',
      },
      4,
    ),
  ];
}

/** The decoded `Content` of `aws iam get-credential-report`. */
function report(key: 'management' | 'imaging' | 'web'): GeneratedFile {
  const rows = [
    rootUser(key),
    ...USERS[key].map((cells) => ({...cells, arn: arn(key, `user/${cells.user}`)})),
  ];
  const lines = [
    COLUMNS.join(','),
    ...rows.map((cells) => COLUMNS.map((name) => cell(cells, name)).join(',')),
  ];
  return {
    path: `inventory/aws/${key}-credential-report.csv`,
    bytes: new TextEncoder().encode(`${lines.join('\n')}\n`),
  };
}

function rootUser(key: AwsAccountKey): Cells {
  return {
    user: '<root_account>',
    arn: arn(key, 'root'),
    password_enabled: 'not_supported',
    password_last_used: '2022-04-01T09:10:00+00:00',
    password_last_changed: 'not_supported',
    password_next_rotation: 'not_supported',
    mfa_active: 'true',
  };
}

function cell(cells: Cells, name: (typeof COLUMNS)[number]): string {
  const given = cells[name];
  if (given !== undefined) return given;
  if (name === 'user_creation_time') return CREATED;
  return /_(?:active|enabled)$/.test(name) ? 'false' : 'N/A';
}

function arn(key: AwsAccountKey, resource: string): string {
  return `arn:aws:iam::${AWS_ACCOUNTS[key].id}:${resource}`;
}
