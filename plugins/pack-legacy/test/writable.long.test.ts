import { isWaybillError, type MessageType, type TSchema, typeName } from '@waybill/contract';
import { chooseBy } from '@waybill/values';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { faultsAgainst } from './support/conforms.ts';
import { bytesOf, contextWith, readBody } from './support/messages.ts';
import { valuesOf } from './support/values.ts';

// Whatever the schema of an event or a command allows is written so that it is read as the same again, or is refused at a path.

const schemaOf = ({ event, commands }: MessageType): TSchema => (event?.data ?? commands?.[0]?.input) as TSchema;

/** A value that fits, in which some parts are what the schema allows as well. */
function mixed(fits: unknown, allowed: unknown, changes: () => boolean): unknown {
  if (isObject(fits) && isObject(allowed)) {
    const keys = new Set([...Object.keys(fits), ...Object.keys(allowed)]);
    const entries = Array.from(keys).flatMap((key) => {
      if (!(key in allowed)) return [[key, fits[key]] as const];
      if (key in fits) return [[key, mixed(fits[key], allowed[key], changes)] as const];
      return changes() ? [[key, allowed[key]] as const] : [];
    });
    return Object.fromEntries(entries);
  }
  if (Array.isArray(fits) && Array.isArray(allowed))
    return fits.map((each, index) => (index in allowed ? mixed(each, allowed[index], changes) : each));
  return changes() ? allowed : fits;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Outcome = 'written' | 'refused';

function tryOn(type: MessageType, data: unknown, encoding: 'utf-8' | 'cp500'): Outcome {
  const context = contextWith({ encoding, truncate: true });
  const given = (input: unknown) => (type.direction === 'in' ? { input } : input);
  let body: Buffer;
  try {
    body = bytesOf(pack.compose(type, given(data), context));
  } catch (error) {
    if (!isWaybillError(error) || error.at === undefined) throw error;
    return 'refused';
  }
  const { read } = readBody(body, { encoding });
  expect(faultsAgainst(schemaOf(type), read.input)).toEqual([]);
  const again = readBody(bytesOf(pack.compose(type, given(read.input), context)), { encoding }).read;
  expect(again).toEqual(read);
  return 'written';
}

describe.each(pack.messages.map((type) => [typeName(type), type] as const))('%s', (_name, type) => {
  it.each(['utf-8', 'cp500'] as const)('is written from whatever its schema allows, or refuses it, in %s', (encoding) => {
    const outcomes: Outcome[] = [];
    const seeds = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(valuesOf(schemaOf(type)), seeds, (allowed, seed) => {
        outcomes.push(tryOn(type, allowed, encoding));
        const choose = chooseBy(seed);
        // What is made up has characters that no code page has.
        const { input } = readBody(type.sample?.(encoding === 'utf-8' ? seed : undefined) ?? '').read;
        outcomes.push(
          tryOn(
            type,
            mixed(input, allowed, () => choose(15) === 0),
            encoding,
          ),
        );
      }),
      { numRuns: 450 },
    );
    expect(outcomes.filter((each) => each === 'written').length).toBeGreaterThan(10);
    expect(outcomes).toContain('refused');
  });

  it('is written from what fits', () => {
    const outcomes = Array.from({ length: 100 }, (_, seed) => tryOn(type, readBody(type.sample?.(seed) ?? '').read.input, 'utf-8'));
    expect(new Set(outcomes)).toEqual(new Set(['written']));
  });
});
