import { MessageError, type MessageType } from '@waybill/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeUp } from '../src/binding.ts';
import { bindingOf } from '../src/catalogue.ts';
import pack from '../src/index.ts';
import { answers, chosen, context, faultOf, messageOf, sampleOf } from './support/messages.ts';

describe('anything that is sent', () => {
  const damaged = fc
    .tuple(fc.constantFrom(...pack.messages), answers, fc.nat(), fc.nat({ max: 60 }), fc.string({ maxLength: 20, unit: 'binary' }))
    .map(([type, choose, at, cut, put]) => {
      const body = madeUp(bindingOf(type).message, choose);
      const start = at % body.length;
      return body.slice(0, start) + put + body.slice(start + cut);
    });

  it('is read, left to others, or refused with a message error', () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ unit: 'binary' })), (body) => {
        expect(outcomeOf(body)).toMatch(/^(read|foreign|WB_[A-Z0-9_]+)$/);
      }),
      { numRuns: 800 },
    );
  });

  it('is so for entries that are lenient, too', () => {
    const lenient = fc.record({ unknown: fc.constantFrom('refuse', 'ignore', 'pass'), order: fc.constantFrom('declared', 'any') });
    fc.assert(
      fc.property(damaged, lenient, (body, chosenLeniency) => {
        expect(outcomeOf(body, { lenient: chosenLeniency })).toMatch(/^(read|foreign|WB_[A-Z0-9_]+)$/);
      }),
      { numRuns: 400 },
    );
  });

  it('may be any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(outcomeOf(bytes)).toMatch(/^(read|foreign|WB_[A-Z0-9_]+)$/);
      }),
      { numRuns: 300 },
    );
  });

  it('may be composed from any data, with nothing but message errors', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pack.messages), fc.anything(), fc.object(), (type, anything, input) => {
        const command = type.commands?.[0]?.name;
        for (const data of [anything, { command, input: anything }, { command, input }, input])
          expect(composed(type, data)).toMatch(/^(composed|WB_[A-Z0-9_]+)$/);
      }),
      { numRuns: 400 },
    );
  });
});

function outcomeOf(body: string | Uint8Array, settings: object = {}): string {
  return attempt(() => {
    const message = messageOf(body);
    const options = chosen(settings);
    const type = pack.recognise(message, options);
    if (type === undefined) return 'foreign';
    pack.read(type, message, options);
    return 'read';
  });
}

function composed(type: MessageType, data: unknown): string {
  return attempt(() => {
    pack.compose(type, data, context);
    return 'composed';
  });
}

/** What became of it; the code where a message error ended it. Anything else that is thrown fails the test. */
function attempt(action: () => string): string {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    return error.code;
  }
}

describe('messages that break the rules of XML', () => {
  const sample = sampleOf('Update_WCS_OrderStatus');

  it.each([
    ['truncated', sample.slice(0, -30), 'WB_XML_NOT_WELL_FORMED'],
    ['two roots', `${sample}<Update_WCS_OrderStatus/>`, 'WB_XML_NOT_WELL_FORMED'],
    ['a duplicate attribute', sample.replace('type="ByWCS"', 'type="ByWCS" type="ByWCS"'), 'WB_XML_NOT_WELL_FORMED'],
    ['an entity bomb', sample.replace('_30.dtd">', '_30.dtd" [<!ENTITY a "aaaaaaaa">]>').replace('12007', '&a;'), 'WB_XML_INTERNAL_SUBSET'],
    ['an unknown entity', sample.replace('12007', '&nbsp;'), 'WB_XML_NOT_WELL_FORMED'],
    ['deep nesting', sample.replace('<SerializationInfo>', '<x>'.repeat(100_000)), 'WB_XML_UNEXPECTED_ELEMENT'],
  ])('are refused: %s', (_title, body, code) => {
    expect(faultOf(body).code).toBe(code);
  });
});
