import {z} from 'zod';
import {envelope} from './envelope.ts';

const action = z
  .string()
  .regex(/^[a-z0-9-]+:[A-Za-z]+$/, 'must be one action, e.g. `iam:PassRole`')
  .describe('Action as the provider names it.');

const need = z.strictObject({
  action,
  on: z
    .enum(['subject', 'policy-of-subject', 'version-of-subject', 'any', 'some-role'])
    .default('subject')
    .describe('What it must be allowed on.'),
});

const target = z.strictObject({
  nativeTypes: z.array(z.string().min(1)).min(1).describe('Native types of workloads of this kind.'),
  arn: z
    .string()
    .regex(/\{account\}/, 'must hold `{account}`')
    .describe('ARN pattern; `{account}` stands for the account number.'),
  apis: z.array(z.string().min(1)).min(1).describe('API calls that list things of this kind.'),
  service: z
    .string()
    .nullable()
    .default(null)
    .describe('Service principal that the role of such a thing trusts.'),
  words: z.string().min(1).describe('How it is called in a sentence, with article.'),
});

const path = z
  .strictObject({
    id: z.string().min(1).describe('Id in the catalogue, or `own-…`.'),
    edge: z
      .string()
      .regex(/^[A-Z][A-Z_]*$/, 'must be upper case with underscores')
      .describe('Kind of the edges it makes.'),
    subject: z
      .string()
      .min(1)
      .describe(
        'self, own-group, user, group, role, assumable-role, passed-role, or a kind of thing named under `targets`.',
      ),
    holder: z.enum(['user', 'role']).nullable().default(null).describe('Only holders of this kind.'),
    needs: z.array(need).describe('All of these are needed.'),
    services: z.array(z.string().min(1)).default([]).describe('Services that take the passed role.'),
    profile: z.boolean().default(false).describe('The passed role must be in an instance profile.'),
    requires: z
      .string()
      .nullable()
      .default(null)
      .describe('Kind of existing thing needed besides the subject.'),
    when: z
      .strictObject({
        password: z.enum(['absent', 'present']).optional().describe('The user has (no) console password.'),
        accessKeys: z
          .enum(['free', 'full'])
          .optional()
          .describe('The user has room for an access key, or not.'),
      })
      .default({})
      .describe('State the user must be in.'),
    obtains: z.enum(['subject', 'account']).default('subject').describe('What the holder has then.'),
  })
  .refine(({subject, services}) => (subject === 'passed-role') === services.length > 0, {
    path: ['services'],
    message: '`services` belongs to `subject: passed-role`, and only there',
  });

/** One `kind: PrivilegePaths` document. */
export const privilegePathsDocument = envelope(
  'PrivilegePaths',
  z.strictObject({
    catalogue: z
      .strictObject({
        name: z.string().min(1).describe('Where the ids come from.'),
        license: z.string().min(1).optional().describe('Licence of that catalogue.'),
        read: z.iso.date().describe('Day it was read.'),
      })
      .describe('Reference of the ids.'),
    targets: z.record(z.string(), target).describe('Kinds of existing things that act with a role.'),
    paths: z.array(path).describe('Ways from one right to more rights.'),
    grants: z
      .array(
        z.strictObject({
          id: z.string().min(1).describe('Id of the path that is open to who also holds the subject.'),
          subject: z.enum(['user', 'role', 'group', 'policy']).describe('Who is given the rights.'),
          needs: z.array(need).min(1).describe('All of these are needed.'),
          obtains: z
            .enum(['subject', 'account'])
            .default('account')
            .describe('What is given: the rights the subject has, or every right.'),
        }),
      )
      .default([])
      .describe('Rights that make somebody else an administrator.'),
  }),
);
