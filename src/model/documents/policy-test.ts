import {z} from 'zod';
import {envelope} from './envelope.ts';

const words = z.string().min(1);
const fields = z.record(z.string(), z.unknown());
const outcome = z.enum(['pass', 'fail', 'unknown', 'n/a', 'not-applicable']);

const expectation = z.union([
  outcome,
  z.strictObject({
    outcome: outcome.describe('As the short form.'),
    score: z.number().min(0).max(1).optional().describe('Score of a soft rule, 0 to 1.'),
    missing: words.optional().describe('Field whose absence makes the outcome unknown.'),
    message: words.optional().describe('Words the message must contain.'),
  }),
]);

const testCase = z.strictObject({
  name: words.optional().describe('What is shown. Default: workload and site.'),
  workload: words.optional().describe('A workload of `given`; may be left out when there is only one.'),
  site: words.optional().describe('A site of `given`; may be left out when there is only one.'),
  set: fields
    .optional()
    .describe(
      'Fields to change for this case, by path: `workload.sensitivity.c: high`, `site.tenancy: shared`.',
    ),
  unset: z
    .array(words)
    .optional()
    .describe('Fields to take away, by path: what nobody knows must make a rule unknown, never pass.'),
  expect: z
    .record(z.string(), expectation)
    .describe('Outcome by rule id. A rule that is not listed must neither fail nor be unknown.'),
  expectExcepted: z
    .record(z.string(), words)
    .optional()
    .describe(
      'Exception by rule id that excuses the failure here. As soon as a test names one, a failure that is excused and not listed is a difference.',
    ),
  allowOther: z.boolean().optional().describe('True: rules that are not listed may come out as they like.'),
});

const placeCase = z.strictObject({
  name: words.optional().describe('What is shown.'),
  workload: words.describe('Name or id of a workload of `given.estate`.'),
  expectSite: words.describe('Site the plan must recommend.'),
  expectStatus: z
    .enum(['decided', 'tie', 'blocked', 'needs-data'])
    .optional()
    .describe('How sure the decision must be; `needs-data` for what is missing.'),
  expectExcepted: words.optional().describe('Exception on whose word the workload must be placed there.'),
  because: words
    .optional()
    .describe('Rule or limit that must be among the reasons, the removals or the data gaps.'),
});

/** `kind: PolicyTest`: small situations with the outcome every rule must have in them. */
export const policyTestDocument = envelope(
  'PolicyTest',
  z.strictObject({
    policies: z
      .array(words)
      .optional()
      .describe(
        'Names of the policies under test. Default: those of the same pack, else of the same file, else all.',
      ),
    exceptions: z
      .array(words)
      .optional()
      .describe('Exceptions that hold in this test. Default: those a case expects; none if none does.'),
    now: z.iso.datetime().or(z.iso.date()).optional().describe('Time of the test. Default: 2026-01-01.'),
    params: fields.optional().describe('Parameters of the policies under test, by name.'),
    unknownAs: z
      .enum(['normal', 'high', 'veryHigh'])
      .optional()
      .describe('As the workspace setting. Default: high.'),
    given: z
      .strictObject({
        workloads: z
          .record(z.string(), fields)
          .optional()
          .describe(
            'Workloads by name, with the fields of `bulkhead policy fields workload`, and `at`: a given site. `<<: *other` starts from another one.',
          ),
        sites: z
          .record(z.string(), fields)
          .optional()
          .describe('Sites by name, with the fields of `bulkhead policy fields site`.'),
        estate: z
          .strictObject({
            inventory: fields.optional().describe('`spec` of a kind: Inventory document.'),
            register: fields.optional().describe('`spec` of a kind: Register document.'),
            identity: fields.optional().describe('`spec` of a kind: Identity document.'),
            sites: z
              .array(fields)
              .optional()
              .describe('`spec`s of kind: Site documents, each with a `name`.'),
          })
          .optional()
          .describe('A small estate for `place`: it goes through all stages of a real plan.'),
      })
      .describe('What the cases are about.'),
    cases: z.array(testCase).optional().describe('One workload at one site each.'),
    place: z.array(placeCase).optional().describe('Whole decisions of the plan for `given.estate`.'),
  }),
);

export type PolicyTestSource = z.infer<typeof policyTestDocument>;
export type PolicyTestSpec = PolicyTestSource['spec'];
export type ExpectationSource = z.infer<typeof expectation>;
