import type {Certainty, Place} from '../../model/common.ts';
import type {RoleAssignment} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import type {Area, Areas} from './areas.ts';
import {type Conditions, certaintyOf} from './conditions.ts';
import type {createNarrowing} from './narrow.ts';
import {createPieces, evidenceOf, type Piece} from './pieces.ts';
import type {Placer} from './place-right.ts';
import {recordOf, type Records} from './records.ts';
import {resolveScope} from './resolve-scope.ts';
import {type PermissionRight, rightsOf} from './rights.ts';
import {BASIC_ROLES, nameOf, type RoleBook} from './role-permissions.ts';
import type {Scopes} from './scopes.ts';
import type {Unruled} from './unruled.ts';
import {tellStrangers, type Strangers} from './strangers.ts';

/** Everything bindings are read with. */
export interface BindingWorld {
  context: BuildContext;
  scopes: Scopes;
  areas: Areas;
  conditions: Conditions;
  placer: Placer;
  narrowing: ReturnType<typeof createNarrowing>;
  roles: RoleBook;
  unruled: Unruled;
  records: Records;
}

/** Draws what bindings give. */
export interface BindingReader {
  /**
   * Draws one binding for a holder: the member itself, or a principal that has it through the group `via`.
   */
  draw(holder: string, assignment: RoleAssignment, via: string | null): void;
  /** Findings about roles and scopes nobody explains. */
  finish(): void;
}

/** Rights that only count together with others: noted, not drawn. */
function isNoted({over}: Pick<PermissionRight, 'over'>): boolean {
  return over === 'delegation' || over === 'roles' || over.startsWith('agent:');
}

function doubt(right: PermissionRight): string[] {
  return right.doubt === null ? [] : [right.doubt];
}

/** Reads allow bindings permission by permission: deny rules, boundaries, conditions, then what is left. */
export function createBindingReader(world: BindingWorld): BindingReader {
  const {context, areas, conditions, placer, narrowing, roles, records} = world;
  const strangers: Strangers = {roles: new Map(), scopes: new Map()};
  const rights = new Map<string, PermissionRight[]>();
  const templates = new Map<string, {pieces: Piece[]; noted: PermissionRight[]}>();
  return {
    draw(holder, assignment, via) {
      const role = nameOf(assignment.role, assignment.roleName);
      const permissions = roles.of(assignment);
      const unruled = world.unruled.sortsOf(role, roles.actionsOf(role));
      if (permissions?.length === 0 && unruled.length === 0 && !BASIC_ROLES.has(role)) return;
      const scope = resolveScope(world, assignment.scope);
      if (scope === null || !scope.exact) count(strangers.scopes, assignment.scope, assignment.id);
      if (scope === null) return;
      const through = via === null ? [] : [`as member of ${via.replace(/^gcp:group:/, '')}`];
      if (permissions === null) {
        count(strangers.roles, role, assignment.id);
        placer.draw(holder, {at: scope.id, reach: 'whole'}, 'control', {
          evidence: [`role ${role}: what it allows is not in the source`, ...through].join('; '),
          certainty: 'unknown',
          level: 0,
          caps: null,
          place: {id: assignment.id},
        });
        return;
      }
      for (const sort of unruled)
        placer.draw(holder, {at: scope.id, reach: 'whole'}, sort, {
          evidence: [`role ${role}: what it allows on ${sort} is not in the table`, ...through].join('; '),
          certainty: 'conditional',
          level: 0,
          caps: null,
          place: {id: assignment.id},
        });
      let parts = rights.get(role);
      if (parts === undefined) rights.set(role, (parts = rightsOf(permissions)));
      drawRights(holder, assignment, {scope, role, parts, permissions, notes: through});
    },
    finish() {
      tellStrangers(context, strangers, narrowing.exhausted());
    },
  };

  function drawRights(
    holder: string,
    assignment: RoleAssignment,
    given: {
      scope: {id: string; exact: boolean};
      role: string;
      parts: readonly PermissionRight[];
      permissions: readonly string[];
      notes: readonly string[];
    },
  ): void {
    const {scope, role, parts, permissions} = given;
    const condition = assignment.condition === null ? null : conditions.read(assignment.condition);
    const notes = [...given.notes, ...doubtsOf(holder, assignment, role, scope.exact)];
    const certain = notes.length === given.notes.length;
    const place = {id: assignment.id};
    if (condition === null && areas.isFree(holder, scope.id)) {
      const area = {at: scope.id, reach: 'whole' as const};
      const template = templateOf(role, parts);
      for (const right of template.noted)
        note(
          holder,
          right,
          area,
          certain ? right.certainty : 'conditional',
          0,
          [...notes, ...doubt(right)],
          role,
        );
      for (const piece of template.pieces)
        drawPiece(
          holder,
          {...piece, area, certainty: certain ? piece.certainty : 'conditional'},
          notes,
          role,
          place,
        );
    } else {
      const pieces = createPieces();
      for (const right of parts) {
        const found = areas.of(holder, right.permission, scope.id);
        for (const area of right.over === 'control' ? found.map(wholeOf) : found) {
          const here =
            condition === null ? [OPEN(area)] : narrowing.narrow(area, right.over, right.part, condition);
          for (const {area: at, decision} of here) {
            if (decision.answer === 'no') continue;
            const doubts = [
              ...(area.sure ? [] : [area.why]),
              ...doubt(right),
              ...(decision.note === '' ? [] : [decision.note]),
            ];
            const sure = certain && area.sure && right.certainty === 'certain';
            const certainty = certaintyOf(decision.answer, sure ? 'certain' : 'conditional');
            note(holder, right, at, certainty, decision.level, [...notes, ...doubts], role);
            if (!isNoted(right)) pieces.add(at, right, certainty, decision.level, doubts);
          }
        }
      }
      for (const piece of pieces.list()) drawPiece(holder, piece, notes, role, place);
    }
    recordHalves(holder, {scope, role, permissions, condition, notes, certain});
    if (BASIC_ROLES.has(role)) records.basic(holder, role, scope.id, certain && condition === null);
  }

  function drawPiece(
    holder: string,
    piece: Piece,
    notes: readonly string[],
    role: string,
    place: Place,
  ): void {
    placer.draw(holder, piece.area, piece.over, {
      evidence: evidenceOf(piece, role, notes),
      certainty: piece.certainty,
      level: piece.level,
      caps: piece.caps === null ? null : [...piece.caps],
      place,
    });
  }

  /** What a role gives where nothing limits it: worked out once, for sorts of workloads that exist. */
  function templateOf(role: string, parts: readonly PermissionRight[]) {
    let found = templates.get(role);
    if (found === undefined) {
      const pieces = createPieces();
      const anywhere = {at: '', reach: 'whole' as const};
      for (const right of parts)
        if (!isNoted(right)) pieces.add(anywhere, right, right.certainty, 0, doubt(right));
      found = {
        pieces: pieces.list().filter(({over}) => !over.includes('.googleapis.com') || placer.exists(over)),
        noted: parts.filter(({over}) => isNoted({over}) || over === 'identities' || over === 'control'),
      };
      templates.set(role, found);
    }
    return found;
  }

  /** Leaves for the joining rules what counts there. */
  function note(
    holder: string,
    right: PermissionRight,
    area: Pick<Area, 'at' | 'reach'>,
    certainty: Certainty,
    level: 0 | 1,
    notes: readonly string[],
    role: string,
  ): void {
    if (isNoted(right))
      records.add(holder, recordOf(right.over, right.permission, area, certainty, level, notes, role));
    if (right.permission === 'iam.serviceAccounts.getAccessToken') records.token(holder, area, certainty);
    const acts = right.over === 'identities' || right.over === 'control';
    if (acts && certainty === 'certain' && level === 0) records.known(holder, area);
  }

  /** Notes the permissions of composite rules, each with the areas it holds in. */
  function recordHalves(
    holder: string,
    given: {
      scope: {id: string};
      role: string;
      permissions: readonly string[];
      condition: ReturnType<Conditions['read']> | null;
      notes: readonly string[];
      certain: boolean;
    },
  ): void {
    for (const permission of given.permissions) {
      if (!records.isHalf(permission)) continue;
      for (const area of areas.of(holder, permission, given.scope.id)) {
        const decision = given.condition === null ? null : conditions.decide(given.condition, UNKNOWN_TARGET);
        if (decision?.answer === 'no') continue;
        const certainty =
          given.certain && area.sure && decision?.answer !== 'maybe' ? 'certain' : 'conditional';
        const notes = [
          ...given.notes,
          ...(area.sure ? [] : [area.why]),
          ...(decision?.answer === 'maybe' ? [decision.note] : []),
        ];
        records.add(
          holder,
          recordOf('half', permission, area, certainty, decision?.level ?? 0, notes, given.role),
        );
      }
    }
  }

  /** What makes the whole binding conditional. */
  function doubtsOf(
    holder: string,
    {principal, condition}: RoleAssignment,
    role: string,
    exact: boolean,
  ): string[] {
    const account = context.principals.get(holder);
    return [
      ...(exact ? [] : ['on a part of the resource']),
      ...(condition !== null && BASIC_ROLES.has(role) ? ['Google allows no conditions on basic roles'] : []),
      ...(condition !== null && /^gcp:all(?:Users|AuthenticatedUsers)$/.test(principal)
        ? ['Google allows no conditions for the public']
        : []),
      ...(account?.attributes?.['disabled'] === true
        ? ['the account is disabled; whoever enables it has this']
        : []),
    ];
  }
}

function wholeOf(area: Area): Area {
  // Whoever sets the policy of a container can let somebody in whom a rule below does not name.
  return {...area, reach: 'whole'};
}

const UNKNOWN_TARGET = {service: null, type: null, name: null};
const OPEN = (area: Area) => ({area, decision: {answer: 'yes' as const, level: 0 as const, note: ''}});

function count(counts: Map<string, {count: number; first: string}>, key: string, first: string): void {
  const known = counts.get(key);
  if (known) known.count += 1;
  else counts.set(key, {count: 1, first});
}
