import {mkdtemp, readFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {writeQuestionSheet} from '../../../src/io/question-sheet.ts';

test.each(['=1+1', '  =1+1', '\t@SUM(1)', '\uff1d1', '-2', '+3'])(
  'the name %j never starts a formula',
  async (name) => {
    const file = join(await mkdtemp(join(tmpdir(), 'bulkhead-sheet-')), 'q.csv');
    const rest = {question: '?', owner: null, settles: null, decisions: null, remedy: ''};
    await writeQuestionSheet(file, [{gap: 'gap:x', kind: 'need', name, ...rest}]);
    expect((await readFile(file, 'utf8')).split('\n')[1]).toContain(`'${name}`);
  },
);
