import {expect, test} from 'vitest';
import {plain, plainLine, safeJson} from '../../../src/cli/plain.ts';
import {renderTable} from '../../../src/cli/table.ts';

const column = {head: 'NAME', cell: (name: string) => name, flexible: true};

test('a row is a line, whatever its text holds, and nothing reaches the terminal as a command', () => {
  const names = ['a\u001b[2Jb', 'c\nERROR  fake', 'd\u009b31m\u202ee', '日本語サーバ'];
  expect(renderTable([column], names).split('\n')).toEqual([
    'NAME',
    'a·[2Jb',
    'c ERROR  fake',
    'd·31m·e',
    '日本語サーバ',
  ]);
});

test('more rows than a call takes arguments, the same layout as few', () => {
  const rows = Array.from({length: 150_000}, (_, i) => `row-${i % 10}`);
  const lines = renderTable([column, {...column, head: 'N'}], rows).split('\n');
  expect(lines).toHaveLength(150_001);
  expect(new Set(lines.slice(1))).toEqual(
    new Set(
      renderTable([column, {...column, head: 'N'}], rows.slice(0, 10))
        .split('\n')
        .slice(1),
    ),
  );
});

test('JSON keeps its values, escaped', () => {
  const value = {name: 'a\u001b\u009b\u202e\u2028\u007f\n"ü"'};
  const json = safeJson(JSON.stringify(value));
  expect(json).toMatch(/^[\u0020-\u007eü]*$/);
  expect(JSON.parse(json)).toEqual(value);
  expect(plain('a\r\nb')).toBe('a·\nb');
  expect(plainLine('a\tb\nc')).toBe('a b c');
});
