import {smallestCut} from '../../graph/edge-cut.ts';
import {type Loss, type Losses, lossesOf} from './losses.ts';
import {type ChokeQuestion, pruned, valueWithout} from './pruned.ts';

/** Nodes for which a common cut of several connections is tried in each round. */
const TRIED = 6;

/** One choice: connections that go together, and what the root loses by them. */
interface Choice {
  connections: Loss[];
  lost: number;
}

/**
 * At most `count` connections chosen one after the other, each round the choice that takes away most per connection: a
 * single one, or the smallest set that parts the root from something valuable it reaches in several ways. Losses are not
 * submodular in what is cut (two ways to one goal), so this is a good set and not always the best one; its effect is
 * exact. Each connection carries what it takes away after those before it.
 */
export function bestSet(question: ChokeQuestion, count: number): Loss[] {
  const chosen: Loss[] = [];
  const gone = new Set<number>();
  while (chosen.length < count) {
    const choice = bestChoice(question, gone, count - chosen.length);
    if (choice === null) break;
    for (const connection of choice.connections) {
      chosen.push(connection);
      for (const edge of connection.edges) gone.add(edge);
    }
  }
  return withMargins(question, chosen);
}

function bestChoice(question: ChokeQuestion, gone: ReadonlySet<number>, limit: number): Choice | null {
  const losses = lossesOf(question, gone);
  const single = losses.connections[0];
  let best: Choice | null = single ? {connections: [single], lost: single.lost} : null;
  if (limit < 2) return best;
  const rate = ({connections, lost}: Choice): number => lost / connections.length;
  const before = valueWithout(question, gone);
  for (const node of goals(losses.nodes)) {
    // The best this node can do is half its value per connection.
    if (best !== null && node.lost / 2 <= rate(best)) continue;
    const connections = commonCut(question, gone, node.node, limit);
    if (connections === null) continue;
    const after = valueWithout(question, new Set([...gone, ...connections.flatMap(({edges}) => edges)]));
    const choice = {connections, lost: before - after};
    if (best === null || rate(choice) > rate(best)) best = choice;
  }
  return best !== null && best.lost > 0 ? best : null;
}

/** Of nodes of equal loss the deepest, the first here: the fewest edges part it from the root. */
function goals(nodes: Losses['nodes']): Losses['nodes'] {
  return nodes.filter(({lost}, at) => at === 0 || nodes[at - 1]!.lost !== lost).slice(0, TRIED);
}

function commonCut(
  question: ChokeQuestion,
  gone: ReadonlySet<number>,
  node: number,
  limit: number,
): Loss[] | null {
  const {index, root, maxGrade, removable} = question;
  const {forward, reverse} = pruned(question, gone);
  const cut = smallestCut(forward, reverse, root, index.target(node), {
    maxGrade,
    limit: 4 * limit,
    removable,
  });
  if (cut === null || cut.length === 0) return null;
  const connections = new Map<string, Loss>();
  for (const edge of cut) {
    const from = index.list.from[edge]!;
    const to = index.list.to[edge]!;
    const known = connections.get(`${from} ${to}`);
    if (known) known.edges.push(edge);
    else connections.set(`${from} ${to}`, {from, to, edges: [edge], lost: 0});
  }
  return connections.size <= limit ? [...connections.values()] : null;
}

function withMargins(question: ChokeQuestion, chosen: Loss[]): Loss[] {
  const gone = new Set<number>();
  let before = valueWithout(question, gone);
  return chosen.map((connection) => {
    for (const edge of connection.edges) gone.add(edge);
    const after = valueWithout(question, gone);
    const lost = before - after;
    before = after;
    return {...connection, lost};
  });
}
