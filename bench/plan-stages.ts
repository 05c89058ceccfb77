/** One measured run of the pipeline on one workspace; prints its figures as JSON. Started by `plan.ts`. */
import {readFileSync} from 'node:fs';
import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {planRun} from '../src/cli/plan-run.ts';
import {tuneHeap} from '../src/cli/tune-heap.ts';
import {jsonText} from '../src/document/json-text.ts';
import {open} from '../src/inputs/open.ts';
import type {Opened, Request} from '../src/inputs/intake.ts';
import {expand} from '../src/io/files.ts';
import {writeFolder} from '../src/io/write-folder.ts';
import {judge, normalise, place, score} from '../src/pipeline.ts';

export interface Stage {
  name: string;
  /** Seconds. */
  cpu: number;
  wall: number;
  /** Resident megabytes at the end of the stage. */
  rss: number;
}

export interface Measured {
  workloads: number;
  dependencies: number;
  decisions: number;
  findings: number;
  files: number;
  megabytes: number;
  runMegabytes: number;
  baseline: Stage;
  stages: Stage[];
  /** Largest resident set of the whole process, MB. */
  peak: number;
}

/** Runs the stages of `folder` one after the other. */
export async function measure(folder: string): Promise<Measured> {
  const stages: Stage[] = [];
  let current = {name: '', cpu: process.cpuUsage(), wall: performance.now()};
  const end = (): void => {
    const {user, system} = process.cpuUsage(current.cpu);
    if (current.name !== '')
      stages.push({
        name: current.name,
        cpu: (user + system) / 1e6,
        wall: (performance.now() - current.wall) / 1000,
        rss: process.memoryUsage.rss() / 1e6,
      });
  };
  const begin = (name: string): void => {
    end();
    current = {name, cpu: process.cpuUsage(), wall: performance.now()};
  };
  const inventory = await expand(folder, ['inventory/**/*.json', '*.csv', 'inventory/**/*.csv'], 'inventory');
  begin('parse only (baseline)');
  let bytes = 0;
  for (const {path} of inventory.files) bytes += parse(path);
  begin('collect garbage');
  globalThis.gc?.();
  const request: Request = {
    folder,
    files: [],
    now: new Date('2026-11-22T00:00:00Z'),
    stage: (name) => {
      if (!name.startsWith('reading ')) begin(name);
    },
  };
  begin('import');
  const planned = await place(await judge(await score(await normalise(await read(request)))));
  begin('writing run.json');
  const run = planRun(planned, 'bench', {exitCode: 0, reasons: []});
  await writeFolder(folder, [{name: 'run.json', content: jsonText(run)}]);
  const runBytes = (await stat(join(folder, 'run.json'))).size;
  begin('');
  const [baseline, ...rest] = stages;
  return {
    workloads: planned.estate.workloads.length,
    dependencies: planned.estate.dependencies.length,
    decisions: run.decisions.length,
    findings: run.findings.length,
    files: inventory.files.length,
    megabytes: bytes / 1e6,
    runMegabytes: runBytes / 1e6,
    baseline: baseline!,
    stages: [baseline!, ...rest.filter(({name}) => name !== 'collect garbage')],
    peak: process.resourceUsage().maxRSS / 1024,
  };
}

/** What any tool must at least do with the file. */
function parse(path: string): number {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.json')) JSON.parse(text);
  else for (const line of text.split('\n')) line.split(',');
  return text.length;
}

async function read(request: Request): Promise<Opened> {
  const opened = await open(request);
  if (!opened.workspace) throw new Error(JSON.stringify(opened.findings, null, 2));
  return opened as Opened;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  tuneHeap();
  process.stdout.write(JSON.stringify(await measure(process.argv[2]!)));
}
