import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commands, events } from '@waybill/commerce';
import type { MessagePackDefinition } from '@waybill/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMessageFile } from '../src/index.ts';
import { context, fileWith, messageOf, read, told, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const sample = (name: string) => readFileSync(new URL(`../../records/test/fixtures/legacy/${name}`, import.meta.url), 'utf8').trimEnd();

function written(pack: MessagePackDefinition, found: unknown): string {
  const [type] = pack.messages;
  return new TextDecoder().decode(pack.compose(type ?? { name: '', version: '' }, found, context).body as Uint8Array);
}

describe('a message of tagged segments in a file', () => {
  const { pack, problems } = loadMessageFile(fileURLToPath(new URL('fixtures/order-status.message.yaml', import.meta.url)), {
    commands,
    events,
  });
  const statuses = pack as MessagePackDefinition;
  const body = sample('order_status_update_v02.txt');

  it('is in order, by the schema of the command', () => {
    expect(problems).toEqual([]);
  });

  it('reads the sample, and writes it back as the same text', () => {
    const found = read(statuses, body);
    expect(found).toMatchObject({
      command: 'order.update-status',
      input: {
        orderId: '70415',
        merchantOrderNumber: 'LD-2024-000731',
        status: 'C',
        placed: '2024-03-19T00:00:00',
        totals: { currency: 'EUR', net: '254.30' },
        userData: { CARRIER: 'Hopper Freight', TRACKNO: 'HF 40081 2217' },
        items: [{ orderItemId: '812201', quantities: { confirmed: '2' }, userData: { LOTNO: 'A19' } }, { orderItemId: '812202' }],
      },
    });
    expect(written(statuses, found)).toBe(body);
  });

  it('has a sample that it reads and writes, and a table of fields', () => {
    const [type] = statuses.messages;
    const made = type?.sample?.() ?? '';
    expect(written(statuses, read(statuses, made))).toBe(made);
    expect(type?.fields?.().map(({ path }) => path)).toContain('HEADER/HDR010/NC_OrderRefNumber');
  });

  it('is told from others by its first segment', () => {
    const recognised = (text: string) => statuses.recognise(messageOf(text), {});
    expect(recognised(body)).toEqual({ name: 'OrderStatusUpdate', version: '02' });
    expect(recognised(sample('order_status_update_v01.txt'))).toBeUndefined();
    expect(recognised(sample('product_quantity_update.txt'))).toBeUndefined();
    expect(recognised('<ECEDOC/>')).toBeUndefined();
  });

  it('refuses what the layout or the meaning refuses, with the place in the record', () => {
    expect(() => read(statuses, body.replace('254.30 ', '254,30 '))).toThrowError(
      expect.objectContaining({ code: 'WB_RECORD_BAD_VALUE', at: expect.stringMatching(/NC_TotalPrice, character \d+$/) as string }),
    );
    expect(() => read(statuses, body.replace('0270415 ', '0270416 '))).toThrowError(
      expect.objectContaining({ code: 'WB_RECORD_BAD_VALUE' }),
    );
    expect(() => read(statuses, body.replace('LD-731-2 ', 'LD-731-2'))).toThrowError(
      expect.objectContaining({ code: 'WB_RECORD_SEGMENT_END' }),
    );
  });

  it('refuses to write what is too long for its field', () => {
    const long = { command: 'order.update-status', input: { orderId: '1', totals: { net: '1' }, status: 'x'.repeat(33) } };
    expect(() => written(statuses, long)).toThrowError(
      expect.objectContaining({ at: expect.stringContaining('NC_OrderStatus') as string }),
    );
  });
});

describe('what stands behind the last field of a segment', () => {
  const returns = (...keys: readonly string[]) =>
    workshop.pack(
      fileWith(
        ['format: records', 'root: DOC', 'command: return.receive', ...keys],
        [
          '- HEAD: [{ Kind 2: { value: RT } }, { Id 4: returnId as id }]',
          '- USERS?: { user data: userData, entry: USER, named by: Name 4, length: Length 2, text: Value 10 }',
        ],
      ),
    );
  const body = '<DOC><HEAD>RT7   more</HEAD></DOC>';

  it('is refused', () => {
    expect(() => read(returns(), body)).toThrowError(expect.objectContaining({ code: expect.stringMatching(/^WB_RECORD_/) as string }));
  });

  it('is told, and passed on where the file says so', () => {
    const surplus = { 'DOC/HEAD': 'more' };
    expect(read(returns('unmapped: ignore'), body)).toEqual({
      command: 'return.receive',
      input: { returnId: '7' },
      surplus: { unknown: surplus },
    });
    expect(read(returns('unmapped: pass'), body).input).toEqual({ returnId: '7', userData: surplus });
  });
});

describe('a file with messages of both formats', () => {
  it('tells them apart', () => {
    const pack = workshop.pack(
      `${fileWith(['command: return.receive'], ['- Id: returnId as id'])}  - message: Tagged\n    version: "1"\n    format: records\n    root: Return\n    command: return.refuse\n    body: [{ HEAD: [{ Id 4: returnId as id }] }]\n`,
    );
    expect(read(pack, '<Return><Id>7</Id></Return>').command).toBe('return.receive');
  });
});

describe('a message of records with', () => {
  const body = (...lines: readonly string[]) =>
    fileWith(
      ['format: records', 'command: return.receive'],
      ['- HEAD:', '    - Id 4: returnId as id', ...lines.map((line) => `    ${line}`)],
    );

  it.each([
    [
      'a field without a width',
      body('- Remark?: remark'),
      'NOTATION 9:13 "Remark?" has no width: write it behind the name, as in "OrderNumber 10".',
    ],
    ['a segment with a width', body('- Inner 5: [{ A 1: remark }]'), 'NOTATION 9:13 "Inner 5" has a width, and only fields have one.'],
    [
      'a node that records do not have',
      body('- Urgent 1?: { mark: urgent }'),
      'NOTATION 9:13 "Urgent 1?" has a width, and only fields have one.',
    ],
    ['an attribute', body('- "@x 3": remark'), 'NOTATION 9:13 "@x 3" is no name of a tag or field.'],
    [
      'a type that is wider than its field',
      body('- Remark 10?: remark as text(20)'),
      'NOTATION 9:25 A field of 10 characters cannot hold text(20).',
    ],
    ['a frame of XML', body().replace('format: records', 'format: records\n    frame: wcs'), 'NOTATION 5:12 There is no frame "wcs".'],
    [
      'a least that is no field',
      body().replace('- HEAD:\n', '- HEAD:\n          least: Nobody\n          has:\n'),
      'NOTATION 8:18 "least" names Nobody, which is no field of a record in HEAD.',
    ],
    [
      'fields beside tags',
      body('- Inner: [{ A 1: remark }]'),
      'AMBIGUOUS 9:13 HEAD has fields and tags in it, and a tag has one or the other.',
    ],
    [
      'credentials',
      body().replace('format: records', 'format: records\n    credentials: [LogonId]'),
      'NOTATION 2:5 Records have neither a DOCTYPE nor credentials.',
    ],
    [
      'user data without widths',
      body().replace(/$/, '      - U?: { user data: userData, entry: D, named by: N, length: L 2, text: T 9 }\n'),
      'NOTATION 9:56 U? needs "named by": a field and its width, such as "NC_FieldName 8".',
    ],
  ])('%s is refused', (_title, yaml, expected) => {
    expect(workshop.load(yaml).problems.map(told)).toEqual([expected]);
  });

  it('a field of no width is a field that is not there', () => {
    const pack = workshop.pack(body('- Note 0?: remark'));
    expect(written(pack, { command: 'return.receive', input: { returnId: '7' } })).toBe('<ECEDOC><HEAD>7   </HEAD></ECEDOC>');
  });
});
