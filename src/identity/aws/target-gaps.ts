import type {IdentityGap} from '../../model/identity-facts.ts';
import type {PathTarget} from '../../model/privilege-paths.ts';
import type {BuildContext} from '../context.ts';

/** The question whether an account has a kind of thing that nobody exported. */
export function missingTarget({containers}: BuildContext, account: string, target: PathTarget): IdentityGap {
  const api = target.apis[0]!;
  const name = containers.get(account)?.name ?? account;
  return {
    id: `gap:aws-${target.nativeTypes[0]!.replace(/^AWS::/, '')
      .replaceAll('::', '-')
      .toLowerCase()}:${account}`,
    question: `Is there ${target.words} in account ${name}?`,
    about: account,
    input: `\`aws ${api}\``,
    remedy: `Import \`aws ${api}\` of the account, in every region that is in use.`,
    certainty: 'conditional',
  };
}
