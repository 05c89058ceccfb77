import {checkDocument} from '../document/check.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {scenarioDocument} from '../model/documents/scenario.ts';
import type {Scenario} from '../model/scenario.ts';

/** A scenario file as read. */
export interface ScenarioFile {
  file: string;
  shipped: boolean;
  documents: YamlDocument[];
}

/**
 * Scenarios by id, sorted. A workspace's own one replaces a shipped one of the same id; two own ones of one id are a
 * finding and the first stays. Documents of another kind are findings.
 */
export function parseScenarios(files: readonly ScenarioFile[]): Outcome<Scenario[]> {
  const findings: Finding[] = [];
  const known = new Map<string, Scenario>();
  for (const {documents, shipped} of files) {
    for (const document of documents) {
      const checked = checkDocument(scenarioDocument, document);
      findings.push(...checked.findings.map((finding) => ({...finding, partial: true})));
      if (checked.value === null) continue;
      const metadata = checked.value.metadata as {name: string; asOf?: string} | undefined;
      const place = document.place(['metadata', 'name']);
      if (metadata === undefined) {
        findings.push(nameless(document));
        continue;
      }
      const earlier = known.get(metadata.name);
      if (earlier && earlier.shipped === shipped) {
        findings.push(twice(metadata.name, earlier, place));
        continue;
      }
      if (earlier && shipped) continue;
      known.set(metadata.name, {
        id: metadata.name,
        spec: checked.value.spec,
        asOf: metadata.asOf ?? null,
        shipped,
        place,
        textPlace: (path, offset) => document.scalarPlace?.(path, offset) ?? document.place(path),
      });
    }
  }
  return {value: [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), findings};
}

function nameless(document: YamlDocument): Finding {
  return {
    code: 'BH-SCN-001',
    severity: 'high',
    message: 'the scenario has no `metadata.name`',
    where: document.place(['metadata']),
    remedy: 'Give it an id in lower-case letters, digits and dashes.',
    partial: true,
  };
}

function twice(id: string, earlier: Scenario, where: Finding['where']): Finding {
  return {
    code: 'BH-SCN-002',
    severity: 'high',
    message: `scenario \`${id}\` is already defined at ${earlier.place.file}:${earlier.place.line}`,
    where,
    remedy: 'Give every scenario an id of its own.',
    partial: true,
  };
}
