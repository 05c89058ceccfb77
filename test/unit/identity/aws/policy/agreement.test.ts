import {describe, expect, test} from 'vitest';
import {
  type Answer,
  type PrincipalClass,
  ask,
  compileClass,
  describeAnswer,
  knownContext,
  parsePolicy,
} from '../../../../../src/identity/aws/policy/index.ts';
import type {PolicyCase, Verdict} from './reference/case.ts';
import {randomCase, repeatedKeys, seeded} from './reference/random-case.ts';
import {referenceVerdict} from './reference/reference.ts';

/** The evaluator under test, asked the same question. */
function answerOf(given: PolicyCase): Answer {
  const parse = (documents: unknown[]) => documents.map((document, at) => parsePolicy(document, `p${at}`));
  const {now, ...known} = {...given.known, now: given.known['aws:CurrentTime']![0]!};
  const group: PrincipalClass = {
    kind: given.caller.kind,
    caller: given.caller,
    identity: parse(given.identity),
    boundary: given.boundary === null ? null : parsePolicy(given.boundary, 'boundary'),
    session: given.session === null ? null : parse(given.session),
    scps: given.scps.map(parse),
    context: knownContext(known),
  };
  return ask(compileClass(group, {now}), {
    action: given.action,
    resource: given.resource,
    resourceAccount: given.resourceAccount,
    resourcePolicy: given.resourcePolicy === null ? null : parsePolicy(given.resourcePolicy, 'resource'),
    rcps: given.rcps.map(parse),
  });
}

/** Depends may stand for anything where an open key occurs twice: the one permitted loss. */
function disagreement(given: PolicyCase, expected: Verdict): string | null {
  const answer = answerOf(given);
  const same =
    answer.decision === expected.decision &&
    (expected.decision !== 'allow' || answer.level === expected.level);
  if (same) return null;
  const cautious =
    answer.decision === 'depends' || (answer.decision === 'allow' && expected.decision === 'allow');
  if (cautious && repeatedKeys(given).length > 0) return null;
  return `${JSON.stringify(given, null, 1)}\nreference ${JSON.stringify(expected)}\nevaluator ${describeAnswer(answer)} ${JSON.stringify(answer.ways)}`;
}

describe('the evaluator and the reference', () => {
  test('agree on 10,000 random cases', () => {
    const seen = {allow: 0, deny: 0, depends: 0, guarded: 0, exact: 0};
    for (let seed = 1; seed <= 10_000; seed++) {
      const given = randomCase(seeded(seed));
      const verdict = referenceVerdict(given);
      const difference = disagreement(given, verdict);
      expect(difference, `seed ${seed}`).toBeNull();
      seen[verdict.decision]++;
      if (verdict.level === 1) seen.guarded++;
      if (repeatedKeys(given).length === 0) seen.exact++;
    }
    // The cases must be worth something: every kind of answer often, and most of them held to the letter.
    expect(seen.allow).toBeGreaterThan(1500);
    expect(seen.deny).toBeGreaterThan(1500);
    expect(seen.depends).toBeGreaterThan(500);
    expect(seen.guarded).toBeGreaterThan(25);
    expect(seen.exact).toBeGreaterThan(7500);
  }, 300_000);
});
