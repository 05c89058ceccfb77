import type {RoleAssignment} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';

/** Whether assignments are in force at the time of the run. */
export interface Validity {
  outside(assignment: RoleAssignment): boolean;
  /** One finding for those that will begin. */
  report(): void;
}

/** An assignment whose end has passed gives nothing; one that has not begun gives nothing yet and is told. */
export function createValidity({options, graph}: BuildContext): Validity {
  const now = Date.parse(options.now);
  const coming: RoleAssignment[] = [];
  return {
    outside(assignment) {
      if (Date.parse(assignment.validUntil ?? '') < now) return true;
      if (!(Date.parse(assignment.validFrom ?? '') > now)) return false;
      coming.push(assignment);
      return true;
    },
    report() {
      const first = coming.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0];
      if (!first) return;
      graph.findings.push({
        code: 'BH-ID-201',
        severity: 'info',
        message: `${coming.length} role assignment(s) begin later than this run and are not counted, first \`${first.roleName || first.role}\` on ${first.validFrom}`,
        where: {id: first.id},
        remedy: 'Run again after that date, or leave the assignment out if it is not wanted.',
      });
    },
  };
}
