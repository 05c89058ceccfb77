import type {ExceptionRecord} from '../model/policy.ts';
import type {Decision, PlanRun} from '../model/plan.ts';
import {count} from './facts.ts';

const DAY = 86_400_000;
/** From this many days before its end an exception is put forward. */
const SOON_DAYS = 30;

/** One exception of a run with what it is good for. */
export interface RegisterEntry {
  record: ExceptionRecord;
  state: 'ended' | 'ends-soon' | 'void' | 'in-force' | 'ignored';
  /** Whole days to the end of its last day; negative = days since then. */
  daysLeft: number;
  /** Failures it excuses, one per rule, with the workloads concerned. */
  excuses: {by: string; text: string; where?: string; workloads: string[]; sites: string[]}[];
  /** Workloads that the plan places where a rule fails on the word of this exception. */
  restOnIt: number;
}

/** The register: what ended first, then what ends within 30 days, what has no effect, and the others by their end. */
export function exceptionRegister({exceptions = [], decisions, generatedAt}: PlanRun): RegisterEntry[] {
  const now = Date.parse(generatedAt);
  const order: RegisterEntry['state'][] = ['ended', 'ends-soon', 'void', 'in-force', 'ignored'];
  return exceptions
    .map((record): RegisterEntry => {
      const left = (Date.parse(record.expiresOn) + DAY - now) / DAY;
      const daysLeft = left > 0 ? Math.ceil(left) : Math.floor(left);
      return {record, state: stateOf(record, daysLeft), daysLeft, ...excusesOf(record.id, decisions)};
    })
    .toSorted(
      (a, b) =>
        order.indexOf(a.state) - order.indexOf(b.state) ||
        a.daysLeft - b.daysLeft ||
        (a.record.id < b.record.id ? -1 : 1),
    );
}

function stateOf({status}: ExceptionRecord, daysLeft: number): RegisterEntry['state'] {
  if (status === 'expired') return 'ended';
  if (status !== 'in-force') return status;
  return daysLeft <= SOON_DAYS ? 'ends-soon' : 'in-force';
}

function excusesOf(id: string, decisions: readonly Decision[]): Pick<RegisterEntry, 'excuses' | 'restOnIt'> {
  const found = new Map<string, RegisterEntry['excuses'][number]>();
  let restOnIt = 0;
  for (const {name, recommended, excepted = []} of decisions) {
    const own = excepted.filter(({exception}) => exception.id === id);
    if (own.some(({site}) => site === recommended)) restOnIt++;
    for (const {by, text, where, site} of own) {
      let entry = found.get(by);
      if (!entry) found.set(by, (entry = {by, text, ...(where ? {where} : {}), workloads: [], sites: []}));
      if (entry.workloads.at(-1) !== name) entry.workloads.push(name);
      if (!entry.sites.includes(site)) entry.sites.push(site);
    }
  }
  return {excuses: [...found.values()], restOnIt};
}

/** `in 12 days`, `today`, `3 days ago`. */
export function endText(daysLeft: number): string {
  if (daysLeft < 0) return `${count(-daysLeft, 'day')} ago`;
  return daysLeft === 1 ? 'today' : `in ${count(daysLeft, 'day')}`;
}

/** The whole register in one sentence; empty when there is no exception. */
export function exceptionSentence(run: PlanRun): string {
  const entries = exceptionRegister(run);
  const of = (state: RegisterEntry['state']): RegisterEntry[] =>
    entries.filter((entry) => entry.state === state);
  const ids = (list: RegisterEntry[]): string => list.map(({record}) => record.id).join(', ');
  const [ended, soon, idle, ignored] = [of('ended'), of('ends-soon'), of('void'), of('ignored')];
  const active = soon.length + of('in-force').length;
  const rest = entries.reduce((sum, entry) => sum + entry.restOnIt, 0);
  const parts = [
    active > 0 &&
      `${active} in force, ${rest === 0 ? 'no workload is placed' : `${count(rest, 'workload')} ${rest === 1 ? 'is' : 'are'} placed`} on ${active === 1 ? 'its' : 'their'} word`,
    ...soon.map(({record, daysLeft}) => `${record.id} of ${record.owner} ends ${endText(daysLeft)}`),
    ended.length > 0 && `ended and without effect: ${ids(ended)}`,
    idle.length > 0 && `without effect: ${ids(idle)}`,
    ignored.length > 0 && `left out of this run: ${ids(ignored)}`,
  ];
  return parts.filter(Boolean).join('; ');
}
