import { readFileSync } from 'node:fs';
import { type MessageType, type ReadMessage, typeName } from '@waybill/contract';
import { cardOf, cardText } from '@waybill/contract/host';
import { type Choose } from '@waybill/values';
import { parseXml } from '@waybill/xml';
import * as fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { madeUp } from '../src/binding.ts';
import { bindingOf } from '../src/catalogue.ts';
import pack, { errors } from '../src/index.ts';
import { faultsAgainst } from './support/conforms.ts';
import { answers, chosen, context, dataOf, messageOf, readBody, sampleOf, textOf, typeOf } from './support/messages.ts';
import { complaintsOf, hasXmllint } from './support/xmllint.ts';

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
    ['no version', '<Report_NC_PurchaseOrder/>', 'The message Report_NC_PurchaseOrder does not say its version.', 'Known versions: 1.0.'],
  ])('says which versions there are: %s', (_title, body, message, hint) => {
    expect(() => pack.recognise(messageOf(body), chosen())).toThrow(
      expect.objectContaining({ code: 'WB_MESSAGE_VERSION_UNKNOWN', message, hint, kind: 'unknown', retryable: false }),
    );
  });

  it.each([
    ['SYSTEM "Update_WCS_OrderStatus_30.dtd"', '3.0'],
    ["SYSTEM 'http://backend.example/dtd/Update_WCS_OrderStatus_20.dtd'", '2.0'],
    ['PUBLIC "-//X//EN" "..\\dtd\\Update_WCS_OrderStatus_30.dtd"', '3.0'],
  ])('takes the version from the DTD where the document leaves it to that: %s', (doctype, version) => {
    const body = sampleOf('Update_WCS_OrderStatus').replace(/<!DOCTYPE [^>]*>/, `<!DOCTYPE Update_WCS_OrderStatus ${doctype}>`);
    const left = body.replace(/<Update_WCS_OrderStatus version="3.0">/, '<Update_WCS_OrderStatus>');
    expect(left).not.toBe(body);
    expect(pack.recognise(messageOf(left), chosen())).toEqual({ name: 'Update_WCS_OrderStatus', version });
  });

  it('reads a document that leaves its version to the DTD', () => {
    const body = sampleOf('Update_WCS_OrderStatus');
    expect(readBody(body.replace('Update_WCS_OrderStatus version="3.0"', 'Update_WCS_OrderStatus')).read).toEqual(readBody(body).read);
  });

  it.each(['SYSTEM "Update_WCS_OrderStatus_40.dtd"', 'SYSTEM "Report_NC_PO_10.dtd"'])('knows no version by another DTD: %s', (doctype) => {
    const body = `<!DOCTYPE Update_WCS_OrderStatus ${doctype}><Update_WCS_OrderStatus/>`;
    expect(() => pack.recognise(messageOf(body), chosen())).toThrow('does not say its version');
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
  return madeUp(bindingOf(type).message, choose);
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

describe('the card', () => {
  it('is what the code says', () => {
    const card = readFileSync(new URL('../waybill.plugin.json', import.meta.url), 'utf8');
    expect(card).toBe(cardText(cardOf(pack)));
  });

  it('lists the error codes that the pack throws', () => {
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
