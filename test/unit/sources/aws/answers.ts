import type {Decoded, InputFile} from '../../../../src/model/decoded.ts';
import type {Intake} from '../../../../src/model/estate.ts';
import {shapes} from '../../../../src/sources/aws/shapes.ts';
import {expect} from 'vitest';

export const ACCOUNT = '111122223333';

/** An answer of the AWS CLI, read as the file of that name; exactly one shape takes it. */
export function answer(value: unknown, name = 'answer.json', scope?: string): Intake {
  return decoded({kind: 'json', value}, name, scope);
}

export function decoded(from: Decoded, name = 'answer.json', scope?: string): Intake {
  const file: InputFile = {path: `/x/${name}`, display: name, sha256: 'a'.repeat(64), size: 1};
  const takers = shapes.filter((shape) => shape.matches(from, file));
  expect(takers.map(({id}) => id)).toHaveLength(1);
  const intake = takers[0]!.map(from, file, scope === undefined ? {} : {scope});
  for (const line of intake.ledger) expect(line.rowsIn).toBe(line.kept + line.classified + line.rejected);
  return intake;
}

export function taker(value: unknown, name = 'answer.json'): string[] {
  const file: InputFile = {path: name, display: name, sha256: '', size: 1};
  return shapes.filter((shape) => shape.matches({kind: 'json', value}, file)).map(({id}) => id);
}
