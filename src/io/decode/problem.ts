import type {Finding, Place, Severity} from '../../model/common.ts';

/**
 * Why a file could not be opened, or not wholly. Codes are stable:
 *
 * 001 not found · 002 no permission · 003 not a file · 004 empty · 005 too large · 006 encrypted or labelled workbook ·
 * 007 workbook of the .xls era · 008 other Office container · 009 compressed · 010 damaged ZIP · 011 ZIP beyond limits ·
 * 012 ZIP directory lies · 013 encrypted ZIP entry · 014 ZIP without workbook · 015 damaged sheet · 016 cell cut ·
 * 017 damaged JSON · 018 line is not JSON · 019 ragged CSV row · 020 CSV quotes · 021 binary · 022 XML or HTML ·
 * 023 unknown shape · 024 unknown format id · 025 recognised but empty · 026 does not look like the stated format ·
 * 027 encoding assumed · 028 other read error · 029 cells outside the table · 030 reader failed
 */
export type IoCode = `BH-IO-0${number}`;

/** One file problem as a finding; `high` unless said otherwise. */
export function problem(
  code: IoCode,
  where: Place,
  message: string,
  remedy: string,
  extra: {severity?: Severity; partial?: boolean} = {},
): Finding {
  return {
    code,
    severity: extra.severity ?? 'high',
    message,
    where,
    remedy,
    ...(extra.partial ? {partial: true} : {}),
  };
}

/** A problem that ends the reading of a file; caught at the edge and turned into its finding. */
export class Unreadable extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.message);
    this.name = 'Unreadable';
    this.finding = finding;
  }
}
