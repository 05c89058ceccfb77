import type {SensitivityResult} from '../../model/sensitivity.ts';

/** One line on how much of the needs is taken over or added up: a high share means the model says little. */
export function inheritanceText({inflation, inflationBy, cumulation}: SensitivityResult): string {
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  const most = inflationBy
    ? `, most (${inflationBy.workloads}) through ${inflationBy.from} –${inflationBy.relation}→ ${inflationBy.to}`
    : '';
  return `Needs taken over from others raise ${percent(inflation)} of the workloads${most}; ${cumulated()}.`;

  function cumulated(): string {
    if (!cumulation || cumulation.points.length + (cumulation.stopped ? 1 : 0) === 0)
      return 'nothing adds up by cumulation';
    const points = new Set(cumulation.points.map(({rule, at}) => `${rule} ${at.kind} ${at.id}`)).size;
    const held = `cumulation at ${points} point${points === 1 ? '' : 's'} raises ${percent(cumulation.share)}`;
    const {stopped} = cumulation;
    if (!stopped) return held;
    const where = stopped.at === 'roots' ? 'at identity roots' : 'everywhere';
    return `${held}, and was stopped ${where} because it would have raised ${percent(stopped.share)}`;
  }
}
