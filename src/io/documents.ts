import {parseYaml} from '../document/yaml.ts';
import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {readText, type NamedFile} from './files.ts';

/** A YAML file with its documents and the hash that goes into the plan's inputs. */
export interface DocumentFile {
  file: string;
  sha256: string;
  documents: YamlDocument[];
}

/** Reads YAML files. A file that cannot be read or parsed is a finding that makes the run partial; the others stay. */
export async function readDocumentFiles(
  files: NamedFile[],
): Promise<{files: DocumentFile[]; findings: Finding[]}> {
  const read: DocumentFile[] = [];
  const findings: Finding[] = [];
  for (const file of files) {
    const {text, sha256, findings: problems} = await readText(file);
    findings.push(...problems);
    if (text === null || sha256 === null) continue;
    const parsed = parseYaml(text, file.display);
    findings.push(...parsed.findings.map((finding) => ({...finding, partial: true})));
    read.push({file: file.display, sha256, documents: parsed.documents});
  }
  return {files: read, findings};
}
