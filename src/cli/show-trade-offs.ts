import type {Planned} from '../pipeline.ts';
import {renderTradeoffs} from './render/trade-offs.ts';
import {screenWidth} from './screen-width.ts';

/** The trade-offs of a plan, as a document and on the screen. */
export function showTradeoffs({plan, workspace}: Planned) {
  const {tradeoffs, decisions, parameters} = plan;
  const {currency = null} = (parameters['placement'] ?? {}) as {currency?: string | null};
  const names = new Map(decisions.map(({workload, name}) => [workload, name]));
  return {
    document: {workspace: workspace.name, currency, ...tradeoffs},
    text: () =>
      tradeoffs
        ? renderTradeoffs(tradeoffs, {
            workspace: workspace.name,
            currency,
            nameOf: (id) => names.get(id) ?? id,
            width: Math.min(120, screenWidth()),
          })
        : '',
  };
}
