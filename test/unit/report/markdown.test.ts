import {describe, expect, it} from 'vitest';
import type {PlanRun} from '../../../src/model/plan.ts';
import {escape, fence} from '../../../src/report/markdown/escape.ts';
import {renderPlanMarkdown} from '../../../src/report/markdown.ts';
import {summarise} from '../../../src/report/screen.ts';
import {plan, written, type Sketch} from '../placement/small-estate.ts';

const SKETCH: Sketch = {
  things: {
    archive: {at: 'cloud', need: 3},
    labs: {at: 'cloud', need: null},
    website: {at: 'cloud', need: 0},
  },
  sites: {cloud: {class: 'public'}, vault: {class: 'dedicated'}},
  rootKinds: {tenant: 'entraTenant', platform: 'providerControlPlane'},
  control: [
    ['platform', 'tenant', 2],
    ['tenant', 'cloud'],
    ['tenant', 'vault'],
  ],
  rules: [
    {
      id: 'T-001',
      effect: 'require',
      outcome: (name, site) => (name === 'archive' && site === 'cloud' ? 'fail' : 'pass'),
    },
  ],
};

function run(): PlanRun {
  return written(plan(SKETCH));
}

describe('renderPlanMarkdown', () => {
  const text = renderPlanMarkdown(run());

  it('leads with what should move, what gains nothing, the root that sinks most and what is unknown', () => {
    const head = text.slice(0, text.indexOf('## '));
    expect(head).toContain('**1 of 3 workloads should move.**');
    expect(head).toContain('gain nothing until an identity root is cut');
    expect(head).toContain('tenant would sink most');
    expect(head).toContain('The need for protection of 1 workload is unknown');
  });

  it('names the root to cut first, the rule with its line, data gaps with remedy, and what the proof is for', () => {
    expect(text).toContain('Cut tenant from vault first');
    expect(text).toContain('T-001, policies/test.yaml:7');
    expect(text).toMatch(
      /workload\.sensitivity \| 1 \| labs \| nobody named \| Decide its need for protection/,
    );
    expect(text).toContain('for this model and these inputs');
    expect(text).not.toMatch(/\bsafe\b|\bsecure\b|compliant/i);
  });

  it('has one row per workload, and says how many it left out when limited', () => {
    const rows = (rendered: string) =>
      rendered
        .split('## All decisions')[1]!
        .split('## ')[0]!
        .split('\n')
        .filter((line) => line.startsWith('| ')).length - 2;
    expect(rows(text)).toBe(3);
    const large = run();
    large.decisions = Array.from({length: 1203}, (_, i) => ({...large.decisions[0]!, name: `w${i}`}));
    const short = renderPlanMarkdown(large);
    expect(rows(short)).toBe(500);
    expect(short).toContain('703 more are in run.json');
  });

  it('lets no name of the inventory become markup', () => {
    const evil = 'x | y](http://evil.example) <img src=x onerror=1> `code` @team **b**\n## Owned\n\u202egnp';
    const bad = JSON.parse(
      JSON.stringify(run(), (_, value: unknown) =>
        typeof value === 'string' && ['archive', 'labs', 'tenant', 'vault'].includes(value) ? evil : value,
      ),
    ) as PlanRun;
    bad.parameters = {note: '```\n# out of the fence'};
    const rendered = renderPlanMarkdown(bad);
    const prose = rendered.split('## Parameters')[0]!;
    expect(prose).not.toMatch(/<img|http:\/\/|`code`|@team|^## Owned|\u202e/m);
    expect(prose).not.toMatch(/[^\\]\]\(/);
    const tables = prose.split('\n').filter((line) => line.startsWith('| '));
    const widths = tables.map((line) => line.split(' | ').length);
    const plain = renderPlanMarkdown(run()).split('## Parameters')[0]!;
    expect(widths).toEqual(
      plain
        .split('\n')
        .filter((line) => line.startsWith('| '))
        .map((line) => line.split(' | ').length),
    );
    expect(rendered.split('## Parameters')[1]).toMatch(/^\s+````json/);
  });
});

describe('escape', () => {
  it.each([
    ['a|b', 'a&#124;b'],
    ['<b>', '&lt;b&gt;'],
    ['[x](y)', '\\[x\\](y)'],
    ['# h', '\\# h'],
    ['- x', '\\- x'],
    ['1. x', '1\\. x'],
    ['a_b*c~d', 'a\\_b\\*c\\~d'],
    ['https://a', 'https&#58;//a'],
    ['www.a.b', 'www&#46;a.b'],
    ['a\r\nb', 'a b'],
  ])('%j is %j', (given, wanted) => {
    expect(escape(given)).toBe(wanted);
  });

  it('fences longer than any run of backticks inside', () => {
    expect(fence('json', 'a ````` b').startsWith('``````json\n')).toBe(true);
  });
});

describe('summarise', () => {
  it('keeps a pointless move out of the moves that are worth it', () => {
    const model = summarise(run());
    expect(model).toMatchObject({workloads: 3, moves: 1, routes: []});
    expect(model.pointless).toEqual([
      expect.objectContaining({names: ['archive'], site: 'vault', made: true, gain: 0, cutFirst: 'tenant'}),
      expect.objectContaining({names: ['labs'], site: 'vault', made: false, cutFirst: 'tenant'}),
    ]);
    expect(model.cutFirst).toMatchObject({name: 'tenant', from: 'vault'});
    expect(model.combined).toMatchObject({
      name: 'tenant',
      from: 'vault',
      statement: expect.stringMatching(
        /^Cut tenant from vault, then move \d workloads? to vault: /,
      ) as string,
    });
    expect(renderPlanMarkdown(run())).toMatch(/## Decouple, then move\n\n1\. Cut tenant from vault, /);
    expect(model.topRoot).toMatchObject({name: 'tenant'});
    expect(model.unknowns).toEqual([expect.objectContaining({field: 'workload.sensitivity', owners: []})]);
    expect(model.optimality).toContain('for this model and these inputs');
  });

  it('counts one open question of more workloads than a call takes arguments', () => {
    const many = run();
    const open = many.decisions.find((one) => one.dataGaps.length > 0)!;
    many.decisions = Array.from({length: 200_000}, () => open);
    expect(summarise(many).unknowns[0]!.workloads).toHaveLength(200_000);
  });

  it('puts moves of one way and reason on one route, with applications by size', () => {
    const many = run();
    const move = many.decisions.find((one) => one.move)!;
    many.decisions = Array.from({length: 30}, (_, i) => ({
      ...move,
      name: `w${i}`,
      application: i < 12 ? 'big' : `app${i % 9}`,
      gainsNothing: null,
      exposure: {...move.exposure, before: 10, after: 4, gain: 6},
    }));
    const [route, ...others] = summarise(many).routes;
    expect(others).toEqual([]);
    expect(route).toMatchObject({from: 'cloud', to: 'vault', workloads: 30, before: 300, after: 120});
    expect(route!.what[0]).toEqual({name: 'big', workloads: 12});
    expect(route!.what.reduce((sum, part) => sum + part.workloads, 0)).toBe(30);
  });
});
