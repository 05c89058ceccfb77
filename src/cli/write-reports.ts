import {createHash} from 'node:crypto';
import type {RunOutcome} from '../model/plan.ts';
import type {Planned} from '../pipeline.ts';
import {writeFolder} from '../io/write-folder.ts';
import {planRun} from './plan-run.ts';

/** Formats a plan can be written in. */
export type ReportFormat = 'md' | 'opengraph' | 'sarif';

interface Wanted {
  formats: readonly ReportFormat[];
  folder: string;
  version: string;
  outcome: RunOutcome;
}

/** Writes each wanted format; a folder that cannot be written leaves nothing behind. Returns the paths. */
export async function writeReports(
  planned: Planned,
  {formats, folder, version, outcome}: Wanted,
): Promise<string[]> {
  const files: {name: string; content: string | Iterable<string>}[] = [];
  for (const format of formats) {
    if (format === 'md') {
      const {renderPlanMarkdown} = await import('../report/markdown.ts');
      files.push({name: 'plan.md', content: renderPlanMarkdown(planRun(planned, version, outcome))});
    } else if (format === 'sarif') {
      const {sarif} = await import('../report/sarif.ts');
      const content = `${JSON.stringify(sarif(planned.findings, {version}), null, 2)}\n`;
      files.push({name: 'findings.sarif', content});
    } else files.push(...(await openGraphFiles(planned, version)));
  }
  return writeFolder(folder, files);
}

async function openGraphFiles({graph, exposure}: Planned, version: string) {
  const {openGraph} = await import('../report/opengraph/graph.ts');
  const {extensionSchema} = await import('../report/opengraph/extension.ts');
  const sibr = new Map(exposure.workloads.map((workload) => [workload.workload, workload.sibr.value]));
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  return [
    {name: 'bulkhead.opengraph.json', content: openGraph({graph, roots: exposure.roots, sibr}, hash)},
    {
      name: 'bulkhead.extension.json',
      content: `${JSON.stringify(extensionSchema(graph, version), null, 2)}\n`,
    },
  ];
}
