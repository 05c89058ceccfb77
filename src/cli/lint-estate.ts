import {open} from '../inputs/open.ts';
import {deadWeights, emptyingRules} from '../explain/policy-conflicts.ts';
import type {Opened} from '../inputs/intake.ts';
import type {Finding} from '../model/common.ts';
import {judge, normalise, score} from '../pipeline.ts';
import {Failure} from './failure.ts';

/** Problems of exceptions that only an estate shows. */
const IDLE = 'BH-EXC-004';

/** What the inventory of a workspace says about its policies. */
export async function lintEstate(
  folder: string,
  now: Date,
  stage: (name: string) => void,
): Promise<Finding[]> {
  const opened = await open({folder, files: [], now, stage});
  if (!opened.workspace)
    throw new Failure('there is no workspace whose estate could be judged', {
      findings: opened.findings,
      remedy: 'Point --dir at a workspace, or leave out --estate.',
    });
  const {estate, sites, siteOf, policy} = await judge(await score(await normalise(opened as Opened)));
  const judged = {workloads: estate.workloads, sites, siteOf, policy};
  return [
    ...emptyingRules(judged),
    ...deadWeights(judged),
    ...policy.findings.filter(({code}) => code === IDLE),
  ];
}
