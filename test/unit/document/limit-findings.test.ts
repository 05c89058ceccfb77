import {expect, test} from 'vitest';
import {limitFindings} from '../../../src/document/limit-findings.ts';
import type {Finding} from '../../../src/model/common.ts';

const finding = (code: string, n: number, more: Partial<Finding> = {}): Finding => ({
  code,
  severity: 'medium',
  message: `row ${n} is odd`,
  where: {file: 'deps.csv', line: n},
  ...more,
});

test('a flood of one kind is named up to the limit, then counted; the rest stays as it is', () => {
  const flood = Array.from({length: 200_000}, (_, n) =>
    finding('BH-DEP-001', n, n > 5 ? {partial: true} : {}),
  );
  const rare = finding('BH-DEP-002', 7, {severity: 'high'});
  const limited = limitFindings([...flood, rare], 3);
  expect(limited.slice(0, 4)).toEqual([...flood.slice(0, 3), rare]);
  expect(limited.slice(4)).toEqual([
    {
      code: 'BH-DEP-001',
      severity: 'medium',
      message: '199997 more like the BH-DEP-001 above, the first of them: row 3 is odd',
      where: {file: 'deps.csv'},
      partial: true,
    },
  ]);
});

test('a code at two severities is two kinds, and a count never claims one file when there are several', () => {
  const list = [
    finding('A', 1),
    finding('A', 2, {severity: 'high', where: {file: 'a.csv'}}),
    finding('A', 3, {where: {file: 'a.csv'}}),
    finding('A', 4, {where: {file: 'b.csv'}}),
  ];
  const [first, second, rest, ...none] = limitFindings(list, 1);
  expect([first, second]).toEqual(list.slice(0, 2));
  expect(rest).toMatchObject({severity: 'medium', where: {}});
  expect(none).toEqual([]);
});

test('few findings come back untouched', () => {
  const list = [finding('A', 1), finding('A', 2)];
  expect(limitFindings(list)).toBe(list);
});
