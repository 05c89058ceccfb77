/**
 * Access policies of Key Vault name permissions in words of their own; roles name data actions. The table says which data
 * action each word stands for (access policy to RBAC migration guide), so that both are read the same way.
 */
const KEYS = 'Microsoft.KeyVault/vaults/keys/';
const SECRETS = 'Microsoft.KeyVault/vaults/secrets/';
const CERTIFICATES = 'Microsoft.KeyVault/vaults/certificates/';

const WORDS: Readonly<Record<'keys' | 'secrets' | 'certificates', Readonly<Record<string, string>>>> = {
  keys: {
    all: `${KEYS}*`,
    get: `${KEYS}read`,
    list: `${KEYS}read`,
    create: `${KEYS}create/action`,
    import: `${KEYS}import/action`,
    update: `${KEYS}update/action`,
    delete: `${KEYS}delete`,
    recover: `${KEYS}recover/action`,
    backup: `${KEYS}backup/action`,
    restore: `${KEYS}restore/action`,
    purge: `${KEYS}purge/action`,
    encrypt: `${KEYS}encrypt/action`,
    decrypt: `${KEYS}decrypt/action`,
    wrapkey: `${KEYS}wrap/action`,
    unwrapkey: `${KEYS}unwrap/action`,
    sign: `${KEYS}sign/action`,
    verify: `${KEYS}verify/action`,
    release: `${KEYS}release/action`,
    rotate: `${KEYS}rotate/action`,
    getrotationpolicy: 'Microsoft.KeyVault/vaults/keyrotationpolicies/read',
    setrotationpolicy: 'Microsoft.KeyVault/vaults/keyrotationpolicies/write',
  },
  secrets: {
    all: `${SECRETS}*`,
    get: `${SECRETS}getSecret/action`,
    list: `${SECRETS}readMetadata/action`,
    set: `${SECRETS}setSecret/action`,
    delete: `${SECRETS}delete`,
    recover: `${SECRETS}recover/action`,
    backup: `${SECRETS}backup/action`,
    restore: `${SECRETS}restore/action`,
    purge: `${SECRETS}purge/action`,
  },
  certificates: {
    all: `${CERTIFICATES}*`,
    get: `${CERTIFICATES}read`,
    list: `${CERTIFICATES}read`,
    create: `${CERTIFICATES}create/action`,
    import: `${CERTIFICATES}import/action`,
    update: `${CERTIFICATES}update/action`,
    delete: `${CERTIFICATES}delete`,
    recover: `${CERTIFICATES}recover/action`,
    backup: `${CERTIFICATES}backup/action`,
    restore: `${CERTIFICATES}restore/action`,
    purge: `${CERTIFICATES}purge/action`,
  },
};

/** Data actions of a policy's words; words without an entry stay as `<kind>:<word>`, so that none is lost. */
export function vaultActions(kind: keyof typeof WORDS, words: readonly string[]): string[] {
  const table = WORDS[kind];
  return words.map((word) => {
    const key = word.toLowerCase();
    return Object.hasOwn(table, key) ? (table[key] ?? word) : `${kind}:${word}`;
  });
}
