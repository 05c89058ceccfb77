import {z} from 'zod';

const match = z
  .strictObject({
    application: z.string().min(1).optional().describe('Name of an application.'),
    tag: z
      .string()
      .regex(/^[^=]+=.*$/, 'must be KEY=VALUE')
      .optional()
      .describe('Tag as KEY=VALUE; upper and lower case are the same.'),
  })
  .refine(({application, tag}) => application !== undefined || tag !== undefined, {
    message: 'names neither an application nor a tag',
  });

const freeze = z
  .strictObject({
    from: z.iso.date().describe('First day on which nothing moves, YYYY-MM-DD.'),
    to: z.iso.date().describe('Last day on which nothing moves, YYYY-MM-DD.'),
    reason: z.string().optional().describe('Why, for people.'),
    match: match.optional().describe('What it holds for. Default: everything.'),
  })
  .refine(({from, to}) => from <= to, {path: ['to'], message: 'is before `from`'})
  .refine(({to}) => to < '2200', {
    path: ['to'],
    message: 'is too far away for any wave after it; forbid the move by a rule instead',
  });

const words = z.array(z.string().min(1)).min(1);

/** How moves are put into waves: `spec.waves` of the workspace. */
export const waves = z.strictObject({
  size: z.int().min(1).optional().describe('Most workloads that move in one wave. Default: 50.'),
  start: z.iso
    .date()
    .optional()
    .describe('Day of the first wave, YYYY-MM-DD. Without it waves have numbers, but no days.'),
  everyDays: z.int().min(1).max(366).optional().describe('Days from one wave to the next. Default: 14.'),
  freeze: z.array(freeze).optional().describe('Days on which nothing, or some of it, moves.'),
  environments: z
    .array(words)
    .min(1)
    .refine((lists) => new Set(lists.flat()).size === lists.flat().length, {
      message: 'names an environment twice',
    })
    .optional()
    .describe(
      'Words for environments, first to move first: of one application, earlier ones move in an earlier wave. What has none of these words counts as the last. Default: development, test, staging, production and their usual short forms.',
    ),
  environmentTags: words
    .optional()
    .describe(
      'Tag keys whose value names the environment. Default: environment, env, stage, umgebung, landscape.',
    ),
  unknownGibPerMonth: z
    .number()
    .positive()
    .max(1e6)
    .optional()
    .describe(
      'GiB per month a data flow of unknown traffic counts as, so that its ends still prefer to go together. Default: 10.',
    ),
});
