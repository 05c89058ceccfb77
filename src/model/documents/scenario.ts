import {z} from 'zod';
import {envelope} from './envelope.ts';

const verdict = z.enum(['in', 'conditional', 'out', 'unknown']);
const words = z.string().min(1);
const oneOrMore = <S extends z.ZodType>(item: S) => z.union([item, z.array(item).min(1)]);
const day = z.string().regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, 'must be YYYY, YYYY-MM or YYYY-MM-DD');
const glob = z.string().min(1).max(500);

const nodeKind = z.enum([
  'root',
  'container',
  'principal',
  'credential',
  'key',
  'gate',
  'host',
  'workload',
  'site',
]);

/** Which nodes of the identity graph an incident begins with. All given conditions must hold. */
const startSelector = z
  .strictObject({
    kind: oneOrMore(nodeKind).optional().describe('Kind of node.'),
    subKind: oneOrMore(words)
      .optional()
      .describe('Root kind, principal kind, credential kind, workload type …'),
    id: oneOrMore(glob).optional().describe('Id, with `*` for any text, e.g. `key:msft-consumer`.'),
    name: oneOrMore(glob).optional().describe('Name, with `*` for any text; letter case does not matter.'),
    into: z
      .strictObject({
        edge: oneOrMore(words).optional().describe('Kind of the edge, e.g. `HAS_ROLE`.'),
        kind: oneOrMore(nodeKind).optional(),
        subKind: oneOrMore(words).optional(),
        id: oneOrMore(glob).optional(),
      })
      .optional()
      .describe('Only nodes with an edge into such a node.'),
    added: z
      .boolean()
      .optional()
      .describe('Only nodes that are not in the snapshot named by --since: what somebody added.'),
  })
  .refine((selector) => Object.keys(selector).length > 0, 'needs at least one condition');

const fact = z.strictObject({
  text: words.describe('What is known, in one or two sentences of your own.'),
  source: words.describe('Who says so.'),
  url: z
    .url({protocol: /^https?$/})
    .optional()
    .describe('Where it can be read.'),
  date: day.describe('When the source said so.'),
  certainty: z
    .enum(['confirmed', 'disputed', 'second-hand'])
    .describe('`disputed`: sources contradict each other; `second-hand`: not read at the origin.'),
});

const decideRule = z.strictObject({
  verdict: verdict.describe('Verdict where `when` is true.'),
  among: z
    .enum(['reached', 'unreached', 'all'])
    .default('all')
    .describe('Which workloads the rule speaks about, by what the graph says.'),
  when: words.describe('CEL over `workload`, `current` (its site today), `level`, `now`.'),
  because: words.describe('The deciding field and what follows from it.'),
});

const test = z.strictObject({
  name: words.describe('What is shown.'),
  given: z
    .strictObject({
      inventory: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('`spec` of a kind: Inventory document.'),
      identity: z.record(z.string(), z.unknown()).optional().describe('`spec` of a kind: Identity document.'),
      sites: z
        .array(z.record(z.string(), z.unknown()))
        .optional()
        .describe('`spec`s of kind: Site documents.'),
      facts: z
        .record(z.string(), z.array(z.record(z.string(), z.unknown())))
        .optional()
        .describe('Facts as sources hand them over, by collection; left-out fields get their neutral value.'),
      before: z
        .strictObject({
          inventory: z.record(z.string(), z.unknown()).optional(),
          identity: z.record(z.string(), z.unknown()).optional(),
          facts: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))).optional(),
        })
        .optional()
        .describe('The earlier snapshot of `added` selectors.'),
    })
    .describe('The estate of the test.'),
  start: z.array(words).optional().describe('Ids that replace the start set, as --start does.'),
  window: z.string().optional().describe('As --window.'),
  expect: z.record(z.string(), verdict).describe('Verdict by workload name or id.'),
  decidedBy: z
    .record(z.string(), z.string())
    .optional()
    .describe('Words the deciding field of a workload must contain.'),
});

/** One `kind: Scenario` document: an incident as data. */
export const scenarioDocument = envelope(
  'Scenario',
  z.strictObject({
    title: words.max(120).describe('Heading.'),
    summary: words.describe('What happens in this incident, in one sentence.'),
    facts: z.array(fact).min(1).describe('What is known, with source and date.'),
    start: z
      .array(startSelector)
      .describe('Start set: the union of these nodes. Empty = `decide` alone gives the verdicts.'),
    levelCap: z
      .int()
      .min(0)
      .max(3)
      .describe('Highest level of a path that counts: 0 direct, 1 guarded, 2 provider flaw, 3 physical.'),
    follow: z
      .strictObject({
        only: z.array(words).min(1).optional().describe('Edge kinds that count; default all.'),
        except: z.array(words).min(1).optional().describe('Edge kinds that do not count.'),
        direct: z
          .boolean()
          .default(false)
          .describe('True: what stands one edge behind the start set, no chains.'),
        capability: z
          .enum(['read', 'write', 'destroy', 'deny-service'])
          .optional()
          .describe('Only access of this sort counts at the workload.'),
      })
      .optional(),
    concerns: words
      .optional()
      .describe(
        'CEL: workloads the scenario can concern. All others are `out` unless the graph reaches them.',
      ),
    absent: z
      .strictObject({
        input: words.describe('Which input would name the start set.'),
        remedy: words.describe('What to do, as an imperative sentence.'),
        known: z
          .array(startSelector)
          .min(1)
          .optional()
          .describe('With one of these nodes in the data the input is there, so that no start means `out`.'),
        verdict: verdict
          .default('unknown')
          .describe('Verdict of concerned workloads when no start is known.'),
      })
      .describe('What holds when no start node is in the data.'),
    decide: z
      .array(decideRule)
      .default([])
      .describe(
        'Rules that replace the verdict of the graph: the first whose `when` is true. A missing field is `unknown`.',
      ),
    out: words.optional().describe('Words for `out`; default: no path from the start set.'),
    window: z
      .strictObject({
        from: day.optional(),
        to: day.optional(),
        note: words.optional().describe('What ended the fault.'),
      })
      .optional()
      .describe('When the documented fault could be used.'),
    mfa: z
      .strictObject({helps: z.boolean(), because: words})
      .describe('Whether multi-factor sign-in changes the outcome.'),
    firstActions: z.array(words).min(1).describe('What to do in the first hours, in order.'),
    tests: z.array(test).default([]).describe('Small estates with the verdicts they must give.'),
  }),
  z.strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes')
      .describe('Id of the scenario.'),
    asOf: day.optional().describe('When the facts were last checked.'),
    labels: z.record(z.string(), z.string()).optional(),
  }),
);

export type ScenarioDocument = z.infer<typeof scenarioDocument>;
