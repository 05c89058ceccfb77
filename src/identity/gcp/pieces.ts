import type {Certainty} from '../../model/common.ts';
import type {Capability} from '../../model/exposure.ts';
import type {Area} from './areas.ts';

/** One right in one place, put together from all permissions that give the same. */
export interface Piece {
  area: Pick<Area, 'at' | 'reach'>;
  over: string;
  /** Null = control. */
  caps: Set<Capability> | null;
  certainty: Certainty;
  level: 0 | 1;
  permissions: string[];
  notes: Set<string>;
}

/** Collects the pieces of one binding, so that edges grow with what is given and not with permissions. */
export function createPieces() {
  const pieces = new Map<string, Piece>();
  return {
    add(
      area: Pick<Area, 'at' | 'reach'>,
      right: {over: string; caps: readonly Capability[] | null; permission: string},
      certainty: Certainty,
      level: 0 | 1,
      notes: readonly string[],
    ): void {
      const key = [area.at, area.reach, right.over, right.caps === null, certainty, level].join('\n');
      let piece = pieces.get(key);
      if (piece === undefined) {
        const caps = right.caps === null ? null : new Set<Capability>();
        piece = {area, over: right.over, caps, certainty, level, permissions: [], notes: new Set()};
        pieces.set(key, piece);
      }
      for (const cap of right.caps ?? []) piece.caps?.add(cap);
      piece.permissions.push(right.permission);
      for (const note of notes) piece.notes.add(note);
    },
    /** Pieces that no surer control of the same already holds. */
    list(): Piece[] {
      const all = [...pieces.values()];
      const isSure = ({caps, certainty, level}: Piece): boolean =>
        caps === null && certainty === 'certain' && level === 0;
      const sure = new Set(all.filter(isSure).map(({area, over}) => `${area.at}\n${area.reach}\n${over}`));
      const held = ({at, reach}: Piece['area'], over: string): boolean =>
        sure.has(`${at}\nwhole\n${over}`) || sure.has(`${at}\n${reach}\n${over}`);
      return all.filter((piece) => {
        if (piece.over !== 'control' && held(piece.area, 'control')) return false;
        return isSure(piece) || !held(piece.area, piece.over);
      });
    },
  };
}

/** Evidence of a piece: the role, up to three permissions, and what is in doubt. */
export function evidenceOf({permissions, notes}: Piece, role: string, more: readonly string[]): string {
  const shown = permissions.slice(0, 3).join(', ');
  const rest = permissions.length > 3 ? ` and ${permissions.length - 3} more` : '';
  return [`binding role = ${role} with ${shown}${rest}`, ...more, ...notes].join('; ');
}
