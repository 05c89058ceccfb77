/** What a file may cost before it is refused. Tests pass smaller ones. */
export interface DecodeLimits {
  /** Bytes on disk. */
  fileBytes: number;
  /** Bytes of a text file; V8 strings end at 512 MiB. */
  textBytes: number;
  zipEntries: number;
  /** Declared uncompressed bytes of one ZIP entry, and of all. The declaration is enforced while inflating. */
  entryBytes: number;
  totalBytes: number;
  /** Uncompressed : compressed. Padded sheets reach about 60; deflate ends at 1032. Applies above `ratioFloor` bytes. */
  ratio: number;
  ratioFloor: number;
  /** Places in all rows of a workbook, filled or not (8 bytes each). */
  slots: number;
}

const MiB = 1024 * 1024;

export const DEFAULT_LIMITS: DecodeLimits = {
  fileBytes: 1024 * MiB,
  textBytes: 500 * MiB,
  zipEntries: 10_000,
  entryBytes: 1024 * MiB,
  totalBytes: 2048 * MiB,
  ratio: 250,
  ratioFloor: 32 * MiB,
  slots: 80_000_000,
};

/** Excel's own limit of one cell's text, in UTF-16 units. */
export const CELL_CHARACTERS = 32_767;
