import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MessagePackDefinition } from '@waybill/contract';
import { cardOf } from '@waybill/contract/host';
import { openMessageFile } from '@waybill/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announced, context, fileWith, known, read, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const command = 'command: return.receive';
const id = '- Id: returnId as id';

function packWith(...body: readonly string[]): MessagePackDefinition {
  return workshop.pack(fileWith([command], [id, ...body]));
}

describe('the pack of a file', () => {
  it('has the card that is told by its text alone', () => {
    const yaml = `pack: acme\nsummary: Returns of Acme.\n${fileWith(['event: return.announced', 'leaves out: rest'], ['- Id: returnId'])}    reply:\n      message: Answer\n      version: "1"\n      body: [{ Allowed: allowed as yes-no(Y N) }]\n  - message: Back\n    version: "1"\n    command: [{ is: return.refuse, when: { status: DAMAGED } }, { is: return.receive }]\n    body: [{ Id: returnId as id }, { "@status?": status as code(OK DAMAGED) }]\n`;
    const { schemas: _schemas, ...card } = cardOf(workshop.pack(yaml)) as ReturnType<typeof cardOf> & { readonly schemas?: unknown };
    const { card: told } = openMessageFile(join(workshop.folder, 'returns.message.yaml'), fileURLToPath(new URL('..', import.meta.url)));
    // The text does not know what others say about commands and events.
    const summaries = { commands: { 'return.receive': '', 'return.refuse': '' }, events: { 'return.announced': '' } };
    expect({ ...card, ...summaries }).toEqual({ ...told, ...summaries });
    expect(Object.keys(told?.commands ?? {}).sort()).toEqual(Object.keys((card as { commands: object }).commands).sort());
    expect(card.name).toBe('acme');
  });

  it('has samples that it reads, and tables of fields', () => {
    for (const type of packWith('- Refund?: { into: refund, has: [{ "@cur?": { to: currency, example: CAD } }, { .: amount as amount }] }')
      .messages) {
      expect(type.fields?.().map(({ path }) => path)).toEqual(['Id', 'Refund', 'Refund@cur']);
      expect(
        read(
          workshop.pack(
            fileWith(
              [command],
              [id, '- Refund?: { into: refund, has: [{ "@cur?": { to: currency, example: CAD } }, { .: amount as amount }] }'],
            ),
          ),
          type.sample?.() ?? '',
        ).input,
      ).toMatchObject({ refund: { currency: 'CAD', amount: '1' } });
    }
  });

  it('has a grammar of each message in XML, and a sample for each seed', async () => {
    const pack = packWith('- "@kind?": { value: goods }', '- Item*: { into: "items[]", has: [{ Sku: sku as id }] }');
    const [type] = pack.messages;
    expect(await type?.grammar?.()).toEqual({
      language: 'dtd',
      text: '<!ELEMENT Return (Id, Item*)>\n<!ATTLIST Return\n  kind CDATA #FIXED "goods">\n<!ELEMENT Id (#PCDATA)>\n<!ELEMENT Item (Sku)>\n<!ELEMENT Sku (#PCDATA)>\n',
    });
    const samples = [1, 2, 3, 1].map((seed) => type?.sample?.(seed) ?? '');
    expect(new Set(samples).size).toBe(3);
    for (const sample of samples) expect(read(pack, sample).command).toBe('return.receive');
  });

  it('declares commands and events of its own, commands with their keys', () => {
    const yaml = `commands:
  stock.count:
    summary: Counts.
    input:
      type: object
      required: [lines]
      properties:
        lines: { type: array, items: { type: object, required: [sku], properties: { sku: { type: string } } } }
        order: { type: string }
      additionalProperties: false
    keys: { order: order, business: { sku: { same: "lines[].sku" } } }
events:
  stock.counted:
    data: { type: object, properties: { sku: { type: string } }, required: [sku], additionalProperties: false }
messages:
  - { message: Count, version: "1", command: stock.count, body: [{ Order?: order }, { Line+: { into: "lines[]", has: [{ Sku: sku }] } }] }
  - { message: Counted, version: "1", event: stock.counted, body: [{ Sku: sku }] }
`;
    const pack = workshop.pack(yaml, { commands: [], events: [] });
    const [count, counted] = pack.messages;
    const { input } = read(pack, '<Count><Order>1</Order><Line><Sku>A</Sku></Line></Count>');
    expect(count?.commands?.map((one) => [one.name, one.orderKey?.(input as never), one.businessKeys?.(input as never)])).toEqual([
      ['stock.count', '1', { sku: 'A' }],
    ]);
    expect(counted?.event?.name).toBe('stock.counted');
  });

  it('refuses data of another shape, and messages that it does not have', () => {
    const pack = packWith();
    expect(() => pack.compose({ name: 'Return', version: '1.0' }, 'text', context)).toThrowError(
      expect.objectContaining({ code: 'WB_MESSAGE_FILE_BAD_DATA' }),
    );
    expect(() => pack.compose({ name: 'Other', version: '1.0' }, {}, context)).toThrowError(
      expect.objectContaining({ code: 'WB_MESSAGE_FILE_UNKNOWN_MESSAGE' }),
    );
    expect(known.events).toContain(announced);
  });
});
