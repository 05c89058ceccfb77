import type {Aws, Holder} from './engine.ts';

/** Node of a group with the rights a new member gets; they are drawn when somebody can join. */
export function groupNode(
  {context, documents, made, pending}: Aws,
  holder: Holder,
  id: string,
): string | null {
  const group = context.principals.get(id);
  if (!group || (group.policies ?? []).length === 0) return null;
  if (made.has(id)) return id;
  made.add(id);
  const policies = group.policies ?? [];
  const {caller: _member, ...common} = holder.group;
  pending.push({
    ...holder,
    nodes: [id],
    members: [],
    policies: [],
    groups: [],
    kind: 'user',
    group: {
      ...common,
      kind: 'user',
      identity: policies.map((policy) => documents.of(policy)),
      boundary: null,
    },
    sure: new Set(),
    control: [],
  });
  return id;
}
