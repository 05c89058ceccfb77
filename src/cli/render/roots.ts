import type {ChokeEdge, ChokeNode, ChokePoints, RootExposure} from '../../model/exposure.ts';
import type {RootDetails} from '../../exposure/root-details.ts';
import {onScreen} from '../on-screen.ts';
import {screenWidth} from '../screen-width.ts';
import {type Column, renderTable} from '../table.ts';
import {intervalText} from './score.ts';
import {stabilityText} from './stability.ts';

/** Identity roots as a table, largest blast radius first; below it where to cut, and what the ranking hangs on. */
export function renderRoots(
  {roots, chokePoints, stability}: RootDetails,
  shown: {totalValue: number; name: (id: string) => string; weights: string},
): string {
  const {totalValue, name, weights} = shown;
  return [
    rootTable(roots),
    '',
    ...onScreen(
      `BLAST RADIUS 0–100 of the value a thief of the root reaches; SHARE of ${totalValue.toFixed(1)} value in the estate; ONLY = value no other root reaches; VERY HIGH, HIGH: workloads with that need it reaches directly or behind one guard.`,
    ),
    '',
    ...chokeLines(chokePoints, name).flatMap((line) => onScreen(line)),
    ...onScreen(`${stabilityText(stability, name)} Weights: ${weights}.`),
  ].join('\n');
}

/** Screens narrower than this show names only: commands take a name as well as an id. */
const ROOM_FOR_IDS = 140;
/** Screens narrower than this do without the kind and the count of the second class. */
const ROOM_FOR_KINDS = 110;

function rootTable(roots: RootExposure[]): string {
  const width = screenWidth();
  const only = (least: number, column: Column<RootExposure>) => (width >= least ? [column] : []);
  return renderTable<RootExposure>(
    [
      {head: 'ROOT', cell: (root) => root.name, flexible: true},
      ...only(ROOM_FOR_KINDS, {head: 'KIND', cell: (root) => root.kind}),
      {head: 'BLAST RADIUS', cell: (root) => intervalText(root.blastRadius), align: 'right'},
      {head: 'SHARE %', cell: (root) => intervalText(root.share), align: 'right'},
      {
        head: 'ONLY',
        cell: (root) => (root.exclusive ? intervalText(root.exclusive, 1) : '–'),
        align: 'right',
      },
      {head: 'WORKLOADS', cell: (root) => String(root.workloads), align: 'right'},
      {head: 'VERY HIGH', cell: (root) => String(root.byLevel[3]), align: 'right'},
      ...only(ROOM_FOR_KINDS, {head: 'HIGH', cell: (root) => String(root.byLevel[2]), align: 'right'}),
      ...only(ROOM_FOR_IDS, {head: 'ID', cell: (root) => root.id, flexible: true}),
    ],
    roots,
  );
}

function chokeLines(
  {root, before, edges, together, nodes}: ChokePoints,
  name: (id: string) => string,
): string[] {
  if (root === null) {
    return [
      'Choke points: no edge that somebody could remove takes anything away from one of the largest roots.',
      '',
    ];
  }
  const whose = `${name(root)} (reaches ${before.share.toFixed(0)} %)`;
  if (edges.length === 0)
    return [
      `Choke points of ${whose}: no removable edge alone or with a few others takes anything away.`,
      '',
    ];
  const what = edges.length === 1 ? 'this edge' : `these ${edges.length} edges`;
  return [
    `Cut ${what} and ${together.share.toFixed(0)} % of the value is out of reach of ${whose}:`,
    ...edges.map((edge, i) => `  ${i + 1}. ${edgeText(edge, name)}`),
    ...passageLines(nodes),
    '',
  ];
}

function passageLines(nodes: ChokeNode[]): string[] {
  const shares = new Map<string, string>();
  for (const {name, share} of nodes) {
    if (!shares.has(name) && share >= 0.5) shares.set(name, `${name} (${share.toFixed(0)} %)`);
  }
  const most = [...shares.values()].slice(0, 3);
  return most.length > 0 ? [`  Most passes through ${most.join(', ')}.`] : [];
}

function edgeText(edge: ChokeEdge, name: (id: string) => string): string {
  const {from, to, kind, certainty, evidence, parallel, value, share} = edge;
  const effect = value === 0 ? 'only together with the next' : `${share.toFixed(0)} %`;
  const more = parallel > 0 ? `, with ${parallel} more between the two` : '';
  return `${name(from)} –${kind}→ ${name(to)}  ${effect}, ${certainty}${more}   ${evidence}`;
}
