import {expect} from 'vitest';
import type {Intake} from '../../../../src/model/estate.ts';
import {shapes as azure} from '../../../../src/sources/azure/shapes.ts';
import {shapes} from '../../../../src/sources/bloodhound/shapes.ts';
import {expectSound, FILE} from '../cloud/support.ts';

/** Reads a value with the one shape that takes it. */
export function hound(value: unknown): Intake {
  const decoded = {kind: 'json' as const, value};
  const taking = [...shapes, ...azure].filter((shape) => shape.matches(decoded, FILE));
  expect(taking.map(({id}) => id)).toHaveLength(1);
  const intake = taking[0]!.map(decoded, FILE, {});
  expectSound(intake);
  return intake;
}

/** A SharpHound file. */
export function sharp(type: string, data: unknown[], meta: object = {}): Intake {
  return hound({data, meta: {type, count: data.length, version: 6, methods: 0, ...meta}});
}

/** Edges as `from KIND to certainty`, without the prefixes that are the same everywhere. */
export function edgesOf(intake: Intake): string[] {
  return intake.facts.edges.map(({from, to, kind, certainty}) =>
    [short(from), kind, short(to), ...(certainty === 'certain' ? [] : [certainty])].join(' '),
  );
}

function short(id: string): string {
  return id.replace(/^ad-(?:principal|object):/, '').replace('S-1-5-21-1-2-3-', '…');
}
