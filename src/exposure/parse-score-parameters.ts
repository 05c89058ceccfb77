import {checkDocument} from '../document/check.ts';
import {nearest} from '../document/nearest.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {scoreDocument} from '../model/documents/score.ts';
import type {ScoreParameters} from '../model/exposure.ts';
import {DEFAULT_PARAMETERS} from './default-parameters.ts';

/**
 * Score parameters from `kind: ScoreParameters` documents; the last valid one wins. Without a valid one the built-in
 * defaults are used and a finding says so.
 */
export function parseScoreParameters(documents: YamlDocument[]): Outcome<ScoreParameters> {
  const findings: Finding[] = [];
  let value: ScoreParameters | null = null;
  for (const document of documents) {
    const checked = checkDocument(scoreDocument, document);
    findings.push(...checked.findings);
    if (checked.value === null) continue;
    const {attenuation, halfValue, exponents, rootWeight} = checked.value.spec;
    findings.push(...strangeKinds(document, Object.keys(rootWeight)));
    value = {
      attenuation: [
        attenuation.direct.value,
        attenuation.guarded.value,
        attenuation.providerFlaw.value,
        attenuation.physical.value,
      ],
      halfValue: halfValue.value,
      rootWeight: Object.fromEntries(Object.entries(rootWeight).map(([kind, {weight}]) => [kind, weight])),
      exponents: {
        inbound: exponents.inbound.value,
        sharedFate: exponents.sharedFate.value,
        outbound: exponents.outbound.value,
      },
    };
  }
  if (value !== null) return {value, findings};
  findings.push({
    code: 'BH-SCORE-002',
    severity: 'medium',
    message: 'no valid ScoreParameters document: the built-in defaults are used',
    where: {},
    remedy: 'Correct the document, or leave it out to use the shipped one.',
  });
  return {value: DEFAULT_PARAMETERS, findings};
}

/** Kinds may be free words of declared roots, so an unknown one is only pointed out when it looks like a typing slip. */
function strangeKinds(document: YamlDocument, kinds: string[]): Finding[] {
  const known = Object.keys(DEFAULT_PARAMETERS.rootWeight);
  return kinds.flatMap((kind) => {
    const near = known.includes(kind) ? null : nearest(kind, known);
    if (near === null) return [];
    return [
      {
        code: 'BH-SCORE-001',
        severity: 'low' as const,
        message: `root kind \`${kind}\` is not a known one (did you mean \`${near}\`?)`,
        where: document.place(['spec', 'rootWeight', kind]),
        remedy: 'Correct it, unless a declared root has this kind.',
      },
    ];
  });
}
