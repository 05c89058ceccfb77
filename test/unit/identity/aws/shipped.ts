import {readFileSync} from 'node:fs';
import {parseYaml} from '../../../../src/document/yaml.ts';
import type {AwsParameters} from '../../../../src/identity/aws/parameters.ts';
import {parseAwsParameters} from '../../../../src/identity/aws/parse-parameters.ts';

/** The shipped facts about AWS, as a run reads them. */
export const SHIPPED: AwsParameters = (() => {
  const documents = ['aws-privilege-paths', 'aws-vendor-accounts'].flatMap((name) => {
    const file = new URL(`../../../../policies/identity/${name}.yaml`, import.meta.url);
    return parseYaml(readFileSync(file, 'utf8'), `${name}.yaml`).documents;
  });
  const {value, findings} = parseAwsParameters(documents);
  if (findings.length > 0 || !value.paths || !value.vendors) throw new Error(JSON.stringify(findings));
  return value;
})();
