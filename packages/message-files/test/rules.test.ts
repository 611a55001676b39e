import { defineCommand, type MessagePackDefinition, Type } from '@waybill/contract';
import type { KnownMeanings } from '@waybill/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { context, fileWith, read, told, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

/** The command without a field that every entry has. */
const loose: KnownMeanings = {
  commands: [
    defineCommand({
      name: 'return.receive',
      summary: 'Records goods that came back.',
      input: Type.Object({
        returnId: Type.String(),
        items: Type.Optional(
          Type.Array(
            Type.Object({
              sku: Type.Optional(Type.String()),
              reason: Type.Optional(Type.String()),
              quantity: Type.Optional(Type.String()),
            }),
          ),
        ),
      }),
    }),
  ],
  events: [],
};

function written(pack: MessagePackDefinition, found: unknown): string {
  const [type] = pack.messages;
  return new TextDecoder().decode(pack.compose(type ?? { name: '', version: '' }, found, context).body as Uint8Array);
}

describe('a segment of records', () => {
  const returns = (segment: string, ...fields: readonly string[]) =>
    fileWith(
      ['format: records', 'root: DOC', 'command: return.receive'],
      ['- HEAD: [{ Kind 2: { value: RT } }, { Id 4: returnId as id }]', segment, '    has:', ...fields.map((field) => `      - ${field}`)],
    );
  const items = ['Sku 4?: sku as id', 'Count 4?: quantity as whole', 'Why 5?: reason as trimmed'];
  const ending = () => workshop.pack(returns('- ITEM*:\n          into: items[]\n          least: Count', ...items), loose);
  const itemsOf = (body: string) => (read(ending(), body).input as { readonly items: unknown }).items;

  it('ends behind the field that is the least, or behind a later one, and inside of none', () => {
    const segment = (text: string) => `<DOC><HEAD>RT7   </HEAD><ITEM>${text}</ITEM></DOC>`;
    expect(itemsOf(segment('A   3   '))).toEqual([{ sku: 'A', quantity: '3' }]);
    expect(itemsOf(segment('A   3   torn '))).toEqual([{ sku: 'A', quantity: '3', reason: 'torn' }]);
    for (const text of ['A   ', 'A   3   to'])
      expect(() => itemsOf(segment(text))).toThrowError(expect.objectContaining({ code: 'WB_RECORD_SEGMENT_END' }));
  });

  it('is the only entry of a list where it stands at most once', () => {
    const once = workshop.pack(returns('- ITEM+:\n          into: items[]\n          max: 1', ...items), loose);
    const body = '<DOC><HEAD>RT7   </HEAD><ITEM>A   3   torn </ITEM></DOC>';
    const found = read(once, body);
    expect(found.input).toEqual({ returnId: '7', items: [{ sku: 'A', quantity: '3', reason: 'torn' }] });
    expect(written(once, found)).toBe(body);
    expect(() => read(once, body.replace('</DOC>', '<ITEM>B   3   torn </ITEM></DOC>'))).toThrowError(
      expect.objectContaining({ code: expect.stringMatching(/^WB_RECORD_/) as string }),
    );
    const two = { command: 'return.receive', input: { returnId: '7', items: [{ sku: 'A' }, { sku: 'B' }] } };
    expect(() => written(once, two)).toThrowError(expect.objectContaining({ code: 'WB_RECORD_WRONG_COUNT' }));
  });

  it('repeats a field that is not given above, and is told so', () => {
    const yaml = fileWith(
      ['format: records', 'command: return.receive'],
      ['- HEAD: [{ Id 4: returnId as id }, { Note 4?: remark as id }]', '- TAIL: [{ Again 4?: { same as: remark, as: id } }]'],
    );
    expect(() => read(workshop.pack(yaml), '<ECEDOC><HEAD>7       </HEAD><TAIL>x   </TAIL></ECEDOC>')).toThrowError(
      'Again, "x", repeats input.remark, which is not given above.',
    );
  });
});

describe('a rule over several nodes', () => {
  const items = (rule: string, nodes = '[{ Sku?: sku as id }, { Why?: reason }, { "@n?": quantity as whole }]') =>
    fileWith(['command: return.receive'], ['- Id: returnId as id', `- Item*: { into: "items[]", needs one of: ${rule}, has: ${nodes} }`]);

  it('asks for one of them', () => {
    const pack = workshop.pack(items('[Sku, Why]'), loose);
    for (const inner of ['<Sku>A</Sku>', '<Why>torn</Why>', '<Sku>A</Sku><Why>torn</Why>'])
      expect(read(pack, `<Return><Id>7</Id><Item>${inner}</Item></Return>`).input).toHaveProperty('items');
    expect(() => read(pack, '<Return><Id>7</Id><Item n="3"/></Return>')).toThrowError(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', message: expect.stringContaining('and so is Why') as string }),
    );
    const nothing = { command: 'return.receive', input: { returnId: '7', items: [{ quantity: '3' }] } };
    expect(() => pack.compose({ name: 'Return', version: '1.0' }, nothing, context)).toThrowError(
      expect.objectContaining({ hint: 'One of them has to be there.' }),
    );
    for (let seed = 0; seed < 40; seed += 1) expect(read(pack, pack.messages[0]?.sample?.(seed) ?? '').command).toBe('return.receive');
  });

  it.each([
    ['a node that is not there', '[Sku, Colour]', 'NOTATION 7:49 "needs one of" names Colour, which is no text of Item*.'],
    ['a text', 'Sku', 'NOTATION 7:49 "needs one of" is a list of the names of nodes.'],
    ['one node', '[Sku]', 'NOTATION 7:49 "needs one of" names at least two nodes.'],
  ])('is refused with %s', (_what, rule, expected) => {
    expect(workshop.load(items(rule), loose).problems.map(told)).toEqual([expected]);
  });

  it('is refused with a node that is always there, and without an object', () => {
    const always = items('[Sku, Why]', '[{ Sku: sku as id }, { Why?: reason }]');
    expect(workshop.load(always).problems.map(told)).toEqual(['NOTATION 7:49 Sku is always there, so that nothing else is needed.']);
    const bare = fileWith(
      ['command: return.receive'],
      ['- Id: returnId as id', '- Item?: { needs one of: [A, B], has: [{ A?: first }, { B?: second }] }'],
    );
    expect(workshop.load(bare).problems.map(told)).toEqual(['NOTATION 7:32 Item? has no object of its own whose fields could be needed.']);
  });
});
