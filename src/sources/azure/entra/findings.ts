/** Finding codes of directory exports. */
export const ENTRA_CODES = {
  /** A list does not say which object it is about. */
  subjectMissing: 'BH-SRC-230',
  /** A claims expression is not understood. */
  expression: 'BH-SRC-231',
  /** A signing certificate cannot be read. */
  certificate: 'BH-SRC-232',
  /** A privileged role can be activated without a second proof or approval. */
  activation: 'BH-SRC-233',
  /** Applications cannot be told apart into own and foreign. */
  ownerUnknown: 'BH-SRC-234',
  /** A delegation names a definition the file does not hold. */
  definitionMissing: 'BH-SRC-235',
} as const;
