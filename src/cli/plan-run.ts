import type {PlanRun, RunOutcome} from '../model/plan.ts';
import {policiesOf} from '../inputs/policy-names.ts';
import type {Planned} from '../pipeline.ts';

/** The canonical document of a plan: the plan with its tool, time, inputs and parameters. */
export function planRun(planned: Planned, version: string, outcome: RunOutcome): PlanRun {
  const {workspace, request, inputs, exposure, plan} = planned;
  return {
    apiVersion: 'bulkhead.dev/v1alpha1',
    kind: 'PlanRun',
    tool: {name: 'bulkhead', version},
    generatedAt: request.now.toISOString(),
    workspace: {name: workspace.name, client: workspace.client},
    inputs: inputs.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    ...plan,
    ...(planned.policy.exceptions ? {exceptions: planned.policy.exceptions} : {}),
    parameters: {
      ...plan.parameters,
      settings: workspace.settings,
      score: exposure.parameters,
      policies: policiesOf(workspace),
    },
    findings: planned.findings,
    outcome,
  };
}
