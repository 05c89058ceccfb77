import * as Flags from '@oclif/core/flags';
import type {Question} from './suppose.ts';

const several = (helpValue: string, description: string, helpGroup?: string) =>
  Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue,
    description,
    ...(helpGroup === undefined ? {} : {helpGroup}),
  });

const INPUTS = 'WORKLOADS AND SITES';
const RULES = 'POLICIES';

/** The changes `whatif` can be asked about, each as often as needed. */
export const QUESTION = {
  'remove-edge': several('FROM->TO', 'cut the edges between two nodes; FROM-KIND->TO cuts one kind'),
  'remove-root': several('ID', 'separate a root: none of its edges is left'),
  'add-mfa': several('ID', 'ask for a second proof at a principal, or at all principals of a root'),
  answer: several('GAP=yes|no', 'answer an open question of `bulkhead gaps`'),
  'set-tag': several('WORKLOAD:KEY=VALUE', 'another tag; without a value the tag is taken away', INPUTS),
  'set-need': several(
    'WORKLOAD:c=LEVEL',
    'a signed decision on confidentiality (c), integrity (i) or availability (a): none, normal, high, veryHigh',
    INPUTS,
  ),
  'set-site': several(
    'SITE:FIELD=VALUE',
    'any field of a site by its way in the YAML: tenancy=shared, capacity.vcpu=+64, cost.vcpuMonth=-10%; without a value it is not stated',
    INPUTS,
  ),
  'add-site': several('FILE', 'the sites of a YAML file can be chosen, too', INPUTS),
  'remove-site': several('ID', 'nothing may be at this site, not even what is there today', INPUTS),
  policy: several('FILE|pack:NAME', 'policies beside those of the workspace', RULES),
  'without-policy': several('NAME', 'without a policy, by its name, pack or file', RULES),
  param: several('POLICY.NAME=VALUE', 'another value of a policy parameter', RULES),
  'without-rule': several('ID', 'without one rule', RULES),
};

type Given = {[Name in keyof typeof QUESTION]?: string[] | undefined};

/** The changes named by the flags. */
export function questionOf(flags: Given): Question {
  return {
    removeEdge: flags['remove-edge'] ?? [],
    removeRoot: flags['remove-root'] ?? [],
    addMfa: flags['add-mfa'] ?? [],
    answer: flags.answer ?? [],
    setTag: flags['set-tag'] ?? [],
    setNeed: flags['set-need'] ?? [],
    setSite: flags['set-site'] ?? [],
    addSite: flags['add-site'] ?? [],
    removeSite: flags['remove-site'] ?? [],
    policy: flags.policy ?? [],
    withoutPolicy: flags['without-policy'] ?? [],
    param: flags.param ?? [],
    withoutRule: flags['without-rule'] ?? [],
  };
}
