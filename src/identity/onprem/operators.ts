import type {Place} from '../../model/common.ts';
import type {Operator} from '../../model/identity-declaration.ts';
import type {BuildContext} from '../context.ts';
import type {EdgeFacts} from '../builder.ts';
import {reference} from '../references.ts';

/** Root id of an operator by its declared name. */
export function operatorRoot(name: string): string {
  return name.startsWith('operator:') ? name : `operator:${name}`;
}

/** Edges of one operator: from its own directory, and over what it operates. */
export function addOperator(context: BuildContext, operator: Operator): void {
  const {graph} = context;
  const {name, operates, identityProvider, place} = operator;
  const root = graph.root(operatorRoot(name));
  if (identityProvider !== null) {
    graph.edge(graph.root(identityProvider), root, 'IDENTITY_SOURCE', {
      evidence: `identityProvider of operator ${name}`,
      bound: 'workload',
      place,
    });
  }
  const facts = accessOf(operator);
  if (facts === null) return;
  for (const id of reference(context, operates, 'operators.operates', place)) {
    graph.edge(root, id, 'OPERATES', {...facts, place});
  }
}

/** Draws the edge of a field `operatedBy`: with the access the operator declares, else standing, for who runs it has it. */
export function addOperatedBy(
  context: BuildContext,
  name: string | null,
  target: string,
  place: Place,
): void {
  if (name === null) return;
  const {estate, graph} = context;
  const bare = name.replace(/^operator:/i, '').toLowerCase();
  const declared = estate.identity
    .flatMap(({operators}) => operators)
    .find((operator) => operator.name.replace(/^operator:/i, '').toLowerCase() === bare);
  const facts = declared ? accessOf(declared) : {evidence: `operatedBy = ${name}`};
  if (facts === null) return;
  const root = graph.root(operatorRoot(declared?.name ?? name), `operator ${bare}`, 'operator');
  graph.edge(root, target, 'OPERATES', {...facts, bound: 'workload', place});
}

/** Just-in-time access and a second proof are guards; null = no access. */
function accessOf({name, access, mfa}: Operator): EdgeFacts | null {
  if (access === 'none') return null;
  const guarded = access === 'jit' || mfa === true;
  return {
    evidence: `operator access = ${access}${mfa === true ? ', with a second proof' : ''}`,
    level: guarded ? 1 : 0,
    ...(access === 'unknown'
      ? {
          gap: {
            id: `gap:operator-access:${operatorRoot(name)}`,
            question: `Does ${name} have access, standing or on request, to what it operates?`,
            about: operatorRoot(name),
            input: 'operators.access',
            remedy: `Ask ${name} for its access model and state \`access\` as standing, jit or none.`,
            certainty: 'unknown' as const,
          },
        }
      : {}),
  };
}
