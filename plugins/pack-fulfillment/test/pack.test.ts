import { readFileSync } from 'node:fs';
import { cardOf, MessageError, type MessageType, type ReadMessage, typeName } from '@waybill/contract';
import { type Choose, parseXml } from '@waybill/xml';
import * as fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { bindingOf } from '../src/catalogue.ts';
import pack, { errors } from '../src/index.ts';
import { faultsAgainst } from './conforms.ts';
import { answers, chosen, context, dataOf, faultOf, messageOf, readBody, sampleOf, textOf, typeOf } from './messages.ts';
import { complaintsOf, hasXmllint } from './xmllint.ts';

const types = pack.messages.map((type) => [typeName(type), type] as const);

/** A store always tells these; its message has them as optional. */
const notInEveryOrder = ['/orderId is missing', '/storeId is missing'];

/** The schema of what a message reads as; undefined for replies, which have none. */
function schemaOf({ commands = [], event }: MessageType, command: string): unknown {
  return event?.data ?? commands.find(({ name }) => name === command)?.input;
}

describe('recognising a message', () => {
  it.each([
    ['a foreign root', '<Order version="1.0"/>'],
    ['a root that only looks like one of ours', '<Update_WCS_OrderStatuses version="3.0"/>'],
    ['the name of a type that is no root', '<Request_WCS_BE_ProductInventory_Reply version="1.0"/>'],
    ['no XML', 'ORDER;12007;S'],
    ['nothing', ''],
  ])('leaves it to others: %s', (_title, body) => {
    expect(pack.recognise(messageOf(body), chosen())).toBeUndefined();
  });

  it.each([
    [
      'another version',
      '<Update_WCS_OrderStatus version="4.0"/>',
      'The message Update_WCS_OrderStatus has no version "4.0".',
      'Known versions: 2.0, 3.0.',
    ],
    ['no version', '<Report_NC_PurchaseOrder/>', 'The message Report_NC_PurchaseOrder says no version.', 'Known versions: 1.0.'],
  ])('says which versions there are: %s', (_title, body, message, hint) => {
    expect(() => pack.recognise(messageOf(body), chosen())).toThrow(
      expect.objectContaining({ code: 'WB_MESSAGE_VERSION_UNKNOWN', message, hint, kind: 'unknown', retryable: false }),
    );
  });

  it('finds the root behind byte order mark, comment and DOCTYPE', () => {
    const body = `\uFEFF<?xml version="1.0"?>\n<!-- <Other version="1.0"> -->\n<!DOCTYPE X SYSTEM "x.dtd">\n<Update_WCS_OrderStatus version='2.0'>`;
    expect(pack.recognise(messageOf(body), chosen())).toEqual({ name: 'Update_WCS_OrderStatus', version: '2.0' });
  });

  it('looks for the verb in the document, not in its comments', () => {
    const body = sampleOf('Request_WCS_BE_ProductInventory').replace('<ControlArea>', '<!-- <Verb value="Reply"/> --><ControlArea>');
    expect(pack.recognise(messageOf(body), chosen())?.name).toBe('Request_WCS_BE_ProductInventory');
  });

  it('takes a document that breaks before its verb for the question', () => {
    expect(pack.recognise(messageOf('<Request_WCS_BE_ProductInventory version="1.0"><Control'), chosen())?.name).toBe(
      'Request_WCS_BE_ProductInventory',
    );
  });
});

describe('a message type that the pack does not have', () => {
  it('is neither read nor composed', () => {
    const type = { name: 'Update_WCS_OrderStatus', version: '9.0' };
    const refused = expect.objectContaining({
      code: 'WB_FULFILLMENT_UNKNOWN_TYPE',
      kind: 'unknown',
      hint: 'Known versions of Update_WCS_OrderStatus: 2.0, 3.0.',
    });
    expect(() => pack.read(type, messageOf(''), chosen())).toThrow(refused);
    expect(() => pack.compose(type, {}, context)).toThrow(refused);
    expect(() => pack.read({ name: 'Order', version: '1' }, messageOf(''), chosen())).toThrow(
      expect.objectContaining({ hint: errors.WB_FULFILLMENT_UNKNOWN_TYPE.remedy }),
    );
  });
});

describe.each(types)('%s', (_name, type) => {
  it('has a sample that is recognised, read, and composed again', () => {
    const sample = type.sample?.() ?? '';
    const { type: found, read } = readBody(sample);
    expect(found).toEqual({ name: type.name, version: type.version });
    expect(composedAgain(type, read)).toEqual(lasting(type, read));
  });

  it('documents every element and attribute of its sample', () => {
    const documented = new Set(type.fields?.().map(({ path }) => path));
    const open: string[] = [];
    const undocumented: string[] = [];
    const note = (path: string) => documented.has(path) || undocumented.push(path);
    parseXml(type.sample?.() ?? '', {
      startElement: (name, attributes) => {
        open.push(name);
        const path = open.slice(1).join('/');
        if (path !== '') note(path);
        for (const attribute of Object.keys(attributes)) note(`${path}@${attribute}`);
      },
      text: () => {},
      endElement: () => open.pop(),
    });
    // The children of these two may have any name.
    expect(undocumented.filter((path) => !/(RequestAttributes|ExceptionParameters)\/name$/.test(path))).toEqual([]);
  });
});

describe.each(types.filter(([, type]) => type.name !== 'WCS_Error'))('any %s', (_name, type) => {
  it('reads as input that its command or event accepts, and is composed again as it was read', () => {
    fc.assert(
      fc.property(answers, (choose) => {
        const { read } = readBody(written(type, choose));
        const schema = schemaOf(type, read.command);
        const faults = schema === undefined ? [] : faultsAgainst(schema, read.input);
        expect(faults.filter((fault) => !notInEveryOrder.includes(fault))).toEqual([]);
        expect(composedAgain(type, read)).toEqual(lasting(type, read));
      }),
      { numRuns: 60 },
    );
  });

  it('is well-formed for another parser', () => {
    fc.assert(
      fc.property(answers, (choose) => {
        expect(XMLValidator.validate(written(type, choose))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

function composedAgain(type: MessageType, read: ReadMessage): ReadMessage {
  return readBody(textOf(pack.compose(type, dataOf(type, read), context))).read;
}

/** What is left of a message that is composed again: events have no credentials. */
function lasting({ direction }: MessageType, { credentials, ...read }: ReadMessage): ReadMessage {
  return direction === 'in' && credentials !== undefined ? { ...read, credentials } : read;
}

/** A message of the type with made-up content. */
function written(type: MessageType, choose: Choose): string {
  return bindingOf(type).makeUp(choose);
}

describe('composed documents', () => {
  const checks = hasXmllint();

  it('are valid by DTDs that were written from the reference', () => {
    const documents = fc.sample(answers, { numRuns: 5, seed: 11 }).flatMap((choose) => types.map(([, type]) => written(type, choose)));
    const samples = types.map(([, type]) => type.sample?.() ?? '');
    const complaints = checks ? [...samples, ...documents].map(complaintsOf).filter((complaint) => complaint !== '') : [];
    expect(complaints).toEqual([]);
  });
});

describe('anything that is sent', () => {
  const damaged = fc
    .tuple(fc.constantFrom(...pack.messages), answers, fc.nat(), fc.nat({ max: 60 }), fc.string({ maxLength: 20, unit: 'binary' }))
    .map(([type, choose, at, cut, put]) => {
      const body = written(type, choose);
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

function outcomeOf(body: string | Uint8Array): string {
  return attempt(() => {
    const message = messageOf(body);
    const type = pack.recognise(message, chosen());
    if (type === undefined) return 'foreign';
    pack.read(type, message, chosen());
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

describe('the card', () => {
  it('is what the code says', () => {
    const card = readFileSync(new URL('../waybill.plugin.json', import.meta.url), 'utf8');
    expect(card).toBe(`${JSON.stringify(cardOf(pack), null, 2)}\n`);
  });

  it('lists the error codes that the pack raises', () => {
    expect(Object.keys(errors)).toEqual(['WB_MESSAGE_VERSION_UNKNOWN', 'WB_FULFILLMENT_UNKNOWN_TYPE', 'WB_FULFILLMENT_BAD_DATA']);
  });
});

describe('the direction of a message', () => {
  it('decides what it has: commands inbound, an event or nothing outbound', () => {
    const odd = pack.messages.filter(
      ({ direction, commands, event }) => (direction === 'in') !== (commands !== undefined) || (direction === 'in' && event !== undefined),
    );
    expect(odd).toEqual([]);
  });

  it('pairs questions with answers', () => {
    for (const { reply } of pack.messages) expect(reply === undefined || typeOf(reply.name, reply.version)).toBeTruthy();
  });
});
