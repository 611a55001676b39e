import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MessagePackDefinition } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { openMessageFile } from '@waybill/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWith, messageOf, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const command = 'command: return.receive';
const nodes = ['- Id: returnId as id', '- Remark?: remark', '- UserData?: { user data: userData }'];
const returns = (...keys: readonly string[]) => workshop.pack(fileWith([command, ...keys], nodes));

/** What an entry that sets these options reads. */
function readAs(pack: MessagePackDefinition, body: string, settings: object) {
  const options = resolveSettings(pack.options ?? {}, settings, { folder: '' }) as never;
  const message = messageOf(body);
  const type = pack.recognise(message, options);
  if (type === undefined) throw new Error('the pack does not know the message');
  return pack.read(type, message, options);
}

describe('the options of a file with messages in XML', () => {
  const more = '<Return><Id>7</Id><Colour>red</Colour></Return>';
  const surplus = { unknown: { 'Return/Colour': 'red' } };

  it('limit what a document may use', () => {
    const many = `<Return><Id>7</Id><Remark>${'x'.repeat(40)}</Remark></Return>`;
    for (const limits of [{ elements: 2 }, { textLength: 39 }, { bytes: '64B' }, { depth: 1 }])
      expect(() => readAs(returns(), many, { limits })).toThrowError(
        expect.objectContaining({ code: expect.stringMatching(/^WB_XML_(TOO_MANY|TEXT_TOO|TOO_)/) as string }),
      );
    expect(readAs(returns(), many, { limits: { elements: 3, textLength: 40, bytes: '128B', depth: 2 } }).input).toHaveProperty('remark');
  });

  it('let pass what the message does not have, and tell it', () => {
    expect(() => readAs(returns(), more, {})).toThrowError(
      expect.objectContaining({ code: expect.stringMatching(/^WB_XML_UN/) as string }),
    );
    expect(readAs(returns(), more, { lenient: { unknown: 'ignore' } })).toEqual({
      command: 'return.receive',
      input: { returnId: '7' },
      surplus,
    });
    expect(readAs(returns(), more, { lenient: { unknown: 'pass' } })).toEqual({
      command: 'return.receive',
      input: { returnId: '7', userData: surplus.unknown },
      surplus,
    });
  });

  it('pass nothing on to a message without user data', () => {
    const without = workshop.pack(fileWith([command], ['- Id: returnId as id']));
    expect(readAs(without, more, { lenient: { unknown: 'pass' } })).toEqual({
      command: 'return.receive',
      input: { returnId: '7' },
      surplus,
    });
  });

  it('take nothing back of what the file allows', () => {
    expect(readAs(returns('unmapped: ignore'), more, {}).surplus).toEqual(surplus);
    expect(readAs(returns('unmapped: pass'), more, { lenient: { unknown: 'ignore' } }).input).toHaveProperty('userData');
  });

  it('allow another order, and tell it', () => {
    const turned = '<Return><Remark>torn</Remark><Id>7</Id></Return>';
    expect(() => readAs(returns(), turned, {})).toThrowError(expect.objectContaining({ code: 'WB_XML_MISSING_ELEMENT' }));
    expect(readAs(returns(), turned, { lenient: { order: 'any' } })).toEqual({
      command: 'return.receive',
      input: { returnId: '7', remark: 'torn' },
      surplus: { order: ['Return'] },
    });
  });

  it('say what an empty element means', () => {
    const empty = '<Return><Id>7</Id><Remark/></Return>';
    expect(readAs(returns(), empty, {}).input).toEqual({ returnId: '7' });
    expect(readAs(returns(), empty, { emptyElementClearsData: true }).input).toEqual({ returnId: '7', remark: '' });
  });
});

describe('the options of a file with records', () => {
  const records = () =>
    workshop.pack(
      fileWith(['format: records', 'root: DOC', command], ['- HEAD: [{ Id 4: returnId as id }, { Remark 4?: remark as trimmed }]']),
    );

  it('say what widths count', () => {
    const body = '<DOC><HEAD>7   né  </HEAD></DOC>';
    expect(readAs(records(), body, {}).input).toEqual({ returnId: '7', remark: 'né' });
    expect(() => readAs(records(), body, { units: 'bytes' })).toThrowError(expect.objectContaining({ code: 'WB_RECORD_TOO_LONG' }));
    expect(readAs(records(), body.replace('né  ', 'né '), { units: 'bytes' }).input).toEqual({ returnId: '7', remark: 'né' });
  });

  it('say what NUL at the end of a field is', () => {
    const body = '<DOC><HEAD>7   ab\0\0</HEAD></DOC>';
    expect(() => readAs(records(), body, {})).toThrowError('the pack does not know the message');
    expect(readAs(records(), body, { lowValues: 'pad' }).input).toEqual({ returnId: '7', remark: 'ab' });
  });
});

describe('a file', () => {
  const names = (pack: MessagePackDefinition) => Object.keys(pack.options?.properties ?? {});
  const second =
    '  - { message: Tagged, version: "1", format: records, command: return.refuse, body: [{ HEAD: [{ Id 4: returnId as id }] }] }\n';

  it('has a card with the same options, by its text alone', () => {
    for (const yaml of [fileWith([command], nodes), fileWith([command], nodes) + second, `messages:\n${second}`]) {
      const pack = workshop.pack(yaml);
      const { card } = openMessageFile(join(workshop.folder, 'returns.message.yaml'), fileURLToPath(new URL('..', import.meta.url)));
      expect(card?.options).toEqual(JSON.parse(JSON.stringify(pack.options)));
    }
  });

  it('has the options of the formats of its messages, and no other', () => {
    expect(names(returns())).toEqual(['limits', 'emptyElementClearsData', 'lenient']);
    expect(names(workshop.pack(fileWith(['format: records', command], ['- HEAD: [{ Id 4: returnId as id }]'])))).toEqual([
      'units',
      'lowValues',
    ]);
    expect(names(workshop.pack(fileWith([command], nodes) + second))).toEqual([
      'limits',
      'emptyElementClearsData',
      'lenient',
      'units',
      'lowValues',
    ]);
  });
});
