import {
  ANY,
  ANY_RESOURCE,
  type AllowedResources,
  type Answer,
  type CompiledClass,
  type KnownContext,
  type ParsedPolicy,
  type PrincipalClass,
  type Request,
  allowedResources,
  ask,
  compileClass,
  createPolicyCache,
  knownContext,
  parsePolicy,
} from './policy/index.ts';
import {type PatternReader, createPatternReader} from './alike.ts';
import {matches} from './policy/wildcard.ts';
import {type Chance, all, best, both, chanceOf, surer} from './ways.ts';

/** The evaluator with what every question of one run shares. */
export interface Asking {
  ask(group: PrincipalClass, request: Request): Answer;
  patterns(group: PrincipalClass, action: string): AllowedResources;
  /** Whether own policies speak of the action at all: if not, only policies of resources could allow it. */
  speaks(group: PrincipalClass, action: string): boolean;
  /** Resource patterns of a policy that speak of an action. */
  resourcePatterns: PatternReader;
  /** Whether every right in the account is held, over its identities too. */
  control(group: PrincipalClass, number: string, partition: string): Chance;
  /** Whether everything but identities is held. */
  content(group: PrincipalClass, number: string, partition: string): Chance;
  /** All of these actions on something whose name the holder chooses. */
  anywhere(group: PrincipalClass, actions: readonly string[]): Chance;
}

const DENIED: Answer = {
  decision: 'deny',
  level: 0,
  certainty: 'certain',
  ways: [],
  because: [],
  missing: [],
  some: false,
};

/** What somebody can make of itself who may change policies. */
export const EVERYTHING = parsePolicy(
  {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]},
  'a policy that allows everything',
);

/** Any one of these on all users or all roles, beside all other rights, rules who has rights at all. */
const RULE_IDENTITIES: readonly {action: string; kind: 'role' | 'user' | 'policy'}[] = [
  {action: 'iam:UpdateAssumeRolePolicy', kind: 'role'},
  {action: 'iam:PutRolePolicy', kind: 'role'},
  {action: 'iam:AttachRolePolicy', kind: 'role'},
  {action: 'iam:CreateAccessKey', kind: 'user'},
  {action: 'iam:PutUserPolicy', kind: 'user'},
  {action: 'iam:AttachUserPolicy', kind: 'user'},
  {action: 'iam:CreatePolicyVersion', kind: 'policy'},
];

/**
 * An action that no policy names: allowed by what allows everything (or everything but some), denied by what denies everything
 * but some. Denies of single services do not undo control of the rest.
 */
const ANYTHING = 'any-service:AnyAction';

export function createAsking(now: string): Asking {
  const cache = createPolicyCache();
  const speaks = createSpeaks();
  // Where only the holder's own policies could allow it, silence is an answer that needs no evaluation.
  const isSilent = (group: PrincipalClass, {action, resourcePolicy}: Request): boolean =>
    (group.kind === 'user' || group.kind === 'role') &&
    !resourcePolicy &&
    !/^(?:sts:assumerole|kms:)/i.test(action) &&
    !speaks(group, action);
  const compiled = new WeakMap<PrincipalClass, CompiledClass>();
  const compile = (group: PrincipalClass) => {
    let one = compiled.get(group);
    if (!one) compiled.set(group, (one = compileClass(group, {now, cache})));
    return one;
  };
  const whole = (group: PrincipalClass, number: string, partition: string): Chance =>
    chanceOf(
      ask(compile(group), {action: ANYTHING, resource: `arn:${partition}:any-service::${number}:any/any`}),
    );
  const asking: Asking = {
    ask: (group, request) => (isSilent(group, request) ? DENIED : ask(compile(group), request)),
    patterns: (group, action) =>
      speaks(group, action) ? allowedResources(compile(group), action) : {everywhere: DENIED, patterns: []},
    speaks,
    resourcePatterns: createPatternReader(),
    content: whole,
    control(group, number, partition) {
      const everything = whole(group, number, partition);
      if (everything.ways.length === 0) return everything;
      let ruling: Chance = {ways: [], because: []};
      for (const {action, kind} of RULE_IDENTITIES) {
        const resource = `arn:${partition}:iam::${number}:${kind}/${ANY}`;
        const chance = chanceOf(ask(compile(group), {action, resource}));
        ruling = surer(ruling, {ways: chance.ways, because: [`${action} rules its identities`]});
        if (ruling.ways[0]?.certainty === 'certain' && ruling.ways[0].level === 0) break;
      }
      return both(everything, ruling);
    },
    anywhere(group, actions) {
      const on = (resource: string): Chance =>
        all(actions.map((action) => chanceOf(asking.ask(group, {action, resource}))));
      let found = on(ANY_RESOURCE);
      if (found.ways[0]?.certainty === 'certain') return found;
      // The holder chooses the name, so one pattern under which all is allowed suffices.
      const perAction = actions.map((action) => asking.patterns(group, action).patterns);
      if (perAction.some((patterns) => patterns.length === 0)) return {ways: [], because: []};
      const seen = new Set<string>();
      const most = mostPatterns(group);
      for (const {pattern} of perAction.flat()) {
        if (seen.size >= most || seen.has(pattern)) continue;
        seen.add(pattern);
        found = surer(found, on(pattern.replaceAll('*', ANY)));
      }
      if (found.ways.length > 0) return found;
      // Actions on things of different kinds: each on whatever it is allowed on.
      const apart = perAction.map((patterns, i) =>
        patterns
          .slice(0, most)
          .map(({pattern}) =>
            chanceOf(asking.ask(group, {action: actions[i]!, resource: pattern.replaceAll('*', ANY)})),
          )
          .reduce(surer, {ways: [], because: []}),
      );
      const together = all(apart);
      const kinds = new Set(perAction.flatMap((patterns) => patterns.map(({pattern}) => kindOf(pattern))));
      if (kinds.size > 1) return together;
      return {
        ways: best(together.ways.map((way) => ({...way, certainty: 'conditional' as const}))),
        because: together.because,
      };
    },
  };
  return asking;
}

/** Patterns of one action that are tried, fewer where the policies are longer than the provider admits. */
function mostPatterns({identity}: PrincipalClass): number {
  const statements = identity.reduce((sum, policy) => sum + policy.statements.length, 0);
  return Math.max(2, Math.min(64, Math.floor(20_000 / Math.max(1, statements))));
}

/** Service and kind of thing of an ARN pattern: `lambda:function`. */
function kindOf(pattern: string): string {
  const parts = pattern.split(':');
  return `${parts[2] ?? ''}:${(parts[5] ?? '').split('/')[0] ?? ''}`;
}

/** Whether some allow statement of the identity policies speaks of an action; remembered per policy. */
function createSpeaks(): (group: PrincipalClass, action: string) => boolean {
  const known = new WeakMap<ParsedPolicy, Map<string, boolean>>();
  const speaks = (policy: ParsedPolicy, action: string): boolean => {
    let answers = known.get(policy);
    if (!answers) known.set(policy, (answers = new Map()));
    let answer = answers.get(action);
    if (answer === undefined) {
      const wanted = action.toLowerCase();
      answer = policy.statements.some(
        ({effect, actions, notActions}) =>
          effect === 'Allow' && actions.some((pattern) => matches(pattern, wanted)) !== notActions,
      );
      answers.set(action, answer);
    }
    return answer;
  };
  return (group, action) => group.identity.some((policy) => speaks(policy, action));
}

/** Context of handing a role to a service. */
export function passedTo(service: string): KnownContext {
  return knownContext({'iam:PassedToService': service});
}
