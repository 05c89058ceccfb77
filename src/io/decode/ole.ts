import type {Finding} from '../../model/common.ts';
import {problem} from './problem.ts';

/** First bytes of an OLE compound file: pre-2007 Office, and every encrypted or labelled .xlsx. */
export const OLE_MAGIC = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/**
 * Says what an OLE compound file is, by the stream names in its directory ([MS-CFB] §2.6.1, UTF-16LE), and how to get
 * a readable file instead. Directory sectors may lie anywhere, so the whole file is searched for the names.
 */
export function oleFinding(data: Buffer, file: string): Finding {
  const has = (name: string) => data.includes(Buffer.from(name, 'utf16le'));
  if (has('EncryptedPackage')) {
    const labelled = has('DRMEncryptedDataSpace') || has('LabelInfo');
    return problem(
      'BH-IO-006',
      {file},
      `the workbook is encrypted: it is password-protected or carries a sensitivity label that encrypts${labelled ? ' (label found)' : ''}`,
      'Open it in Excel, remove the password (File, Info, Protect Workbook) or set a label without encryption, and save it again as .xlsx.',
    );
  }
  if (has('Workbook') || has('Book')) {
    return problem(
      'BH-IO-007',
      {file},
      'this is a workbook of the pre-2007 .xls format, which is not read',
      'Save it as .xlsx; RVTools writes .xlsx since 3.9.',
    );
  }
  return problem(
    'BH-IO-008',
    {file},
    'this is an Office compound file, but neither a workbook nor an encrypted one',
    'Give the export itself as .xlsx, .csv or .json.',
  );
}
