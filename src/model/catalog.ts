/** Titles of a control catalogue of the user's own, by control id. Texts of controls are not kept. */
export interface Catalog {
  /** Framework as mappings of rules name it, e.g. `bsi-gspp`. */
  framework: string;
  title: string;
  version: string | null;
  /** OSCAL version of the file it was read from. */
  oscalVersion: string | null;
  /** SHA-256 of that file, hex. */
  sha256: string;
  /** In the order of ids; ids are unique. */
  controls: CatalogControl[];
}

export interface CatalogControl {
  id: string;
  title: string;
  /** Identifier that stays when the id changes (property `alt-identifier`); null = the file has none. */
  altIdentifier: string | null;
}
