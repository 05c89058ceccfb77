import {expect, test} from 'vitest';
import {onScreen} from '../../../src/cli/on-screen.ts';

test('a long line goes on below its text; evidence begins a line of its own', () => {
  const line = '  1. tenant –CONTROLS→ a site with a long name   identityRoots = tenant';
  expect(onScreen(line, 30)).toEqual([
    '  1. tenant –CONTROLS→ a site',
    '     with a long name',
    '       identityRoots = tenant',
  ]);
  expect(onScreen(line, 200)).toEqual([line]);
  expect(onScreen('a\u001b[31mb\nc')).toEqual(['a·[31mb c']);
});
