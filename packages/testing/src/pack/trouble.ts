import { isWaybillError, type MessagePackDefinition, typeName } from '@waybill/contract';
import { expect } from 'vitest';
import { contextFor, group, optionsOf, type PackHarness, question, readable, type SampledType } from './harness.ts';

/** What no pack knows. */
const foreign: readonly (readonly [what: string, body: string | Uint8Array])[] = [
  ['nothing', ''],
  ['blanks', ' \n\t '],
  ['every value of a byte', Uint8Array.from({ length: 256 }, (_, value) => value)],
  ['a lot of one letter', 'a'.repeat(100_000)],
  ['other XML', '<?xml version="1.0"?><Suite_Knows_This_Alone/>'],
  ['other JSON', '{"suite":["knows","this","alone"]}'],
  ['brackets that do not end', '<a>'.repeat(10_000)],
];

/** How many places of a message are damaged. */
const places = 40;

export function askAboutTrouble(pack: MessagePackDefinition, harness: PackHarness, types: readonly SampledType[]): void {
  const options = optionsOf(pack, harness);
  group('what is not right', () => {
    question('is nobody’s message, or an error of ours', () => {
      for (const [what, body] of foreign) {
        const found = oursOrValue(() => pack.recognise(readable(body), options));
        expect([what, found]).toEqual([what, undefined]);
      }
    });

    for (const { type, samples } of types.filter(({ samples: given }) => given.length > 0)) {
      question(`is an error of ours when a message ${typeName(type)} is cut short or damaged, or is read all the same`, () => {
        for (const damaged of damages(samples[0] ?? '')) {
          oursOrValue(() => pack.recognise(readable(damaged), options));
          oursOrValue(() => pack.read(type, readable(damaged), options));
        }
      });
    }

    question('is an error of ours when a message is to be composed from nothing that makes sense', () => {
      for (const { type } of types) {
        for (const data of [undefined, null, 42, 'text', [], {}, { command: 'suite.unknown', input: {} }]) {
          oursOrValue(() => pack.compose(type, data, contextFor(pack, harness, type)));
        }
      }
    });
  });
}

/** What `call` answers; undefined when it throws an error of ours. Any other error is passed on. */
function oursOrValue<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    expect([error.code.startsWith('WB_'), error.retryable]).toEqual([true, false]);
    return undefined;
  }
}

function* damages(sample: string): Generator<Uint8Array> {
  const bytes = Buffer.from(sample);
  const step = Math.max(1, Math.floor(bytes.length / places));
  for (let at = 0; at < bytes.length; at += step) {
    yield bytes.subarray(0, at);
    for (const value of [0x00, 0x3c, 0xff]) {
      const damaged = Buffer.from(bytes);
      damaged[at] = value;
      yield damaged;
    }
  }
}
