import type {Finding, Severity} from '../../model/common.ts';
import type {Decision} from '../../model/plan.ts';
import type {RuleInfo} from '../../model/policy.ts';

/** One finding per advisory rule that fails where workloads are placed. */
export function advisoryFindings(decisions: readonly Decision[], rules: readonly RuleInfo[]): Finding[] {
  const groups = new Map<string, {first: Decision; text: string; count: number}>();
  for (const decision of decisions) {
    for (const {by, text} of decision.advisories ?? []) {
      const known = groups.get(by);
      if (known) known.count++;
      else groups.set(by, {first: decision, text, count: 1});
    }
  }
  return [...groups].map(([by, {first, text, count}]) => {
    const rule = rules.find(({id}) => id === by);
    const profile = rule?.overrides?.find(({field}) => field === 'enforcement')?.profile;
    return {
      code: 'BH-POL-018',
      severity: mild(rule?.severity ?? 'medium'),
      message:
        count === 1
          ? `${first.name} is placed at ${first.recommended ?? 'no site'}, where advisory rule ${by} fails: ${text}`
          : `${count} workloads are placed where advisory rule ${by} fails (for example ${first.name}: ${text})`,
      where: rule ? {...rule.place, id: `${rule.policy}/${by}`} : {id: by},
      remedy: `It removes no site because ${profile ? `profile ${profile}` : 'a profile'} makes it advisory; set another \`enforcement\` there when it should.`,
    };
  });
}

/** Advice stops no run: it never reaches the severity a hard failure of the rule would have. */
function mild(severity: Severity): Severity {
  return severity === 'critical' || severity === 'high' ? 'medium' : severity;
}
