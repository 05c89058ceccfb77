import type {Place} from '../../model/common.ts';
import type {AdDomain} from '../../model/identity-declaration.ts';
import type {EdgeFacts} from '../builder.ts';
import type {BuildContext} from '../context.ts';
import {declaredDomains, domainRoot} from './directory.ts';

/**
 * What the compromise of one domain means for another. The forest is the boundary, not the domain.
 *
 * | trust | SID filtering | from the trusted to the trusting domain |
 * |---|---|---|
 * | `parent-child`, `shortcut`, or the same `forest` | any | certain, and back as well |
 * | `forest`, `external` | off | certain: a forged SID of an administrator is accepted |
 * | `forest`, `external` | on | conditional: only through rights its accounts were given, or delegation over the trust |
 * | `forest`, `external` | not stated | conditional: whether it is filtered |
 * | bare FQDN | – | certain: the author says so |
 *
 * `outbound` = this domain trusts the other, `inbound` the reverse, `bidirectional` both. An answered question makes a
 * conditional edge certain or removes it.
 */
export function addTrusts(context: BuildContext): void {
  const domains = declaredDomains(context);
  addForests(context, domains);
  const forestOf = new Map(domains.map(({fqdn, forest}) => [fqdn, forest ?? null]));
  const statements = new Map<string, Statement>();
  for (const domain of domains) {
    for (const trust of domain.trusts) {
      if (typeof trust === 'string') {
        draw(context, trust, domain.fqdn, {
          evidence: `trusts of ${domain.fqdn} = ${trust}`,
          place: domain.place,
        });
        continue;
      }
      const other = trust.domain;
      const forest = forestOf.get(domain.fqdn) ?? null;
      const oneForest = forest !== null && forest === forestOf.get(other);
      if (trust.type === 'parent-child' || trust.type === 'shortcut' || oneForest) {
        const facts = {
          evidence: `trusts of ${domain.fqdn}: ${trust.type} trust with ${other}, one forest`,
          place: domain.place,
        };
        draw(context, domain.fqdn, other, facts);
        draw(context, other, domain.fqdn, facts);
        continue;
      }
      if (trust.direction !== 'inbound') state(statements, other, domain.fqdn, trust, domain.place);
      if (trust.direction !== 'outbound') state(statements, domain.fqdn, other, trust, domain.place);
    }
  }
  for (const statement of statements.values())
    draw(context, statement.from, statement.to, factsOf(statement));
}

/** What is said, from either side, about one direction of a trust across forests. */
interface Statement {
  from: string;
  to: string;
  type: string;
  sidFiltering: boolean | null;
  place: Place;
}

function state(
  statements: Map<string, Statement>,
  from: string,
  to: string,
  {type, sidFiltering}: {type: string; sidFiltering: boolean | null},
  place: Place,
): void {
  const known = statements.get(`${from}>${to}`);
  // Of two statements the one that says "off" counts, then the one that says anything.
  const filtering =
    known?.sidFiltering === false || sidFiltering === false ? false : (known?.sidFiltering ?? sidFiltering);
  statements.set(`${from}>${to}`, {from, to, type, place, ...known, sidFiltering: filtering});
}

function factsOf({from, to, type, sidFiltering, place}: Statement): EdgeFacts {
  const evidence = `${type} trust of ${to} in ${from}, sidFiltering = ${sidFiltering ?? 'not stated'}`;
  if (sidFiltering === false) return {evidence, place};
  const about = `ad:${to}`;
  return sidFiltering === null
    ? {
        evidence,
        place,
        gap: {
          id: `gap:sid-filtering:ad:${from}>ad:${to}`,
          question: `Does ${to} accept foreign SIDs from ${from}, so that SID filtering is off on this trust?`,
          about,
          input: 'adDomains.trusts.sidFiltering',
          remedy: `Look up the trust of ${to} with \`netdom trust … /quarantine\` or \`Get-ADTrust\` and state \`sidFiltering\`.`,
          certainty: 'conditional',
        },
      }
    : {
        evidence,
        place,
        gap: {
          id: `gap:trust-rights:ad:${from}>ad:${to}`,
          question: `Can an account of ${from} become administrator of ${to}, by membership in a privileged group or by delegation over the trust?`,
          about,
          input: `foreign members of privileged groups of ${to}`,
          remedy: `Import directory data of ${to}, or review foreign security principals in its privileged groups.`,
          certainty: 'conditional',
        },
      };
}

function draw(context: BuildContext, from: string, to: string, facts: EdgeFacts): void {
  context.graph.edge(domainRoot(context, from), domainRoot(context, to), 'TRUSTS', {
    ...facts,
    bound: 'workload',
  });
}

/** Domains of one forest over one node, so that edges grow with domains. */
function addForests(context: BuildContext, domains: AdDomain[]): void {
  const {graph} = context;
  const forests = new Map<string, AdDomain[]>();
  for (const domain of domains) {
    const forest = domain.forest ?? null;
    if (forest !== null) forests.set(forest, [...(forests.get(forest) ?? []), domain]);
  }
  for (const [forest, members] of forests) {
    if (members.length < 2) continue;
    const node = graph.node(`ad-forest:${forest}`, 'container', 'forest', `AD forest ${forest}`);
    for (const {fqdn, place} of members) {
      const facts = {evidence: `forest of ${fqdn} = ${forest}`, bound: 'workload' as const, place};
      graph.edge(domainRoot(context, fqdn), node, 'SAME_FOREST', facts);
      graph.edge(node, domainRoot(context, fqdn), 'SAME_FOREST', facts);
    }
  }
}
