/** Everything others need of the policy evaluator. */
export {type CompiledClass, ask, compileClass} from './ask.ts';
export {ANONYMOUS, foreignAccount, mentionedKeys, rootUser} from './classes.ts';
export {accountOfArn, knownContext, tagContext} from './context.ts';
export {describeAnswer} from './describe.ts';
export {missingPolicy, parsePolicy} from './parse.ts';
export {createPolicyCache} from './policy-index.ts';
export {ANY, ANY_ACTION, ANY_RESOURCE, anyActionOf} from './probe.ts';
export {type ResourceIndex, allowedResources, indexResourceNames, matching, reach} from './reach.ts';
export type {
  AllowedResources,
  Answer,
  Caller,
  KnownContext,
  ParsedPolicy,
  PrincipalClass,
  Request,
  Statement,
  Way,
} from './types.ts';
