import { readFileSync } from 'node:fs';
import { ignored, mapping } from '@waybill/mapping';
import { reference, text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { defineTaggedMessage, errors, type Layout, layoutFromCopybook, RecordFormat, TaggedFormat } from '../src/index.ts';
import { refusal } from './support/refusal.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('explains every error code, and no other', () => {
    const named = [...readme.matchAll(/^\| `(WB_RECORD_\w+)` +\|/gm)].map(([, code]) => code);
    expect(named).toHaveLength(new Set(named).size);
    expect(new Set(named)).toEqual(new Set(Object.keys(errors)));
  });

  it('shows a layout that does what it says', () => {
    const layout: Layout = {
      name: 'ORDER',
      items: [
        { name: 'TYPE', length: 2, value: 'OR' },
        { name: 'NUMBER', length: 6 },
        { name: 'COUNT', type: 'number', length: 2, justify: 'right', pad: '0' },
        {
          name: 'LINES',
          occurs: { depending: 'COUNT', max: 99 },
          items: [
            { name: 'SKU', length: 8 },
            { name: 'PRICE', type: 'number', length: 7 },
          ],
        },
      ],
    };
    const orders = new RecordFormat(layout, { encoding: 'iso-8859-1', framing: { kind: 'lines' } });
    const bytes = orders.encode({ NUMBER: '12007', LINES: [{ SKU: 'BARROW', PRICE: '184.50' }] });
    expect(Buffer.from(bytes).toString()).toBe('OR12007 01BARROW  184.50 \n');
    expect(orders.decode(bytes)).toEqual([{ TYPE: 'OR', NUMBER: '12007', COUNT: '1', LINES: [{ SKU: 'BARROW', PRICE: '184.50' }] }]);
    const error = refusal(() => orders.decode(Buffer.from('OR12007 01BARROW  184,50 \n')));
    expect(error).toMatchObject({ code: 'WB_RECORD_BAD_VALUE', at: 'ORDER[1]/LINES[1]/PRICE, character 21' });
  });

  it('shows a copybook that is understood', () => {
    const [, copybook = ''] = /layoutFromCopybook\(`\n([\s\S]*?)`\)/.exec(readme) ?? [];
    const stock = new RecordFormat(layoutFromCopybook(copybook), { encoding: 'cp037', units: 'bytes', framing: { kind: 'rdw' } });
    expect(stock.places.size).toBe(15);
    const values = { SKU: 'BARROW', 'ON-HAND': '17.00', CHANGE: '-3' };
    expect(stock.decode(stock.encode(values))).toEqual([values]);
  });

  it('shows a message of tags that does what it says', () => {
    const note = {
      name: 'NOTE',
      items: [
        { name: 'LENGTH', type: 'number', length: 3 },
        { name: 'TEXT', length: { in: 'LENGTH', max: 999 } },
      ],
    } as const;
    const notice = new TaggedFormat({
      tag: 'NOTICE',
      tags: [
        { tag: 'HEAD', layout: { name: 'HEAD', items: [{ name: 'NUMBER', length: 6 }] } },
        { tag: 'NOTE', min: 0, max: 9, layout: note },
      ],
    });
    const values = notice.decode(Buffer.from('<NOTICE><HEAD>12007 </HEAD><NOTE>7  </NOTE></NOTE></NOTICE>'));
    expect(values).toEqual({ HEAD: { NUMBER: '12007' }, NOTE: [{ LENGTH: '7', TEXT: '</NOTE>' }] });
  });

  it('shows a message with a meaning that is read and written', () => {
    interface Notice {
      order: string;
      notes?: Record<string, string>;
    }
    const n = mapping<Notice>();
    const note = {
      name: 'NOTE',
      items: [
        { name: 'NAME', length: 8 },
        { name: 'LENGTH', type: 'number', length: 4 },
        { name: 'TEXT', length: { in: 'LENGTH', max: 999 } },
      ],
    } as const;
    const head = {
      name: 'HEAD',
      items: [
        { name: 'ORDER', length: 10 },
        { name: 'SPARE', length: 4 },
      ],
    };
    const message = defineTaggedMessage<Notice>({
      tag: {
        tag: 'NOTICE',
        tags: [
          { tag: 'HEAD', layout: head },
          { tag: 'NOTES', min: 0, tags: [{ tag: 'NOTE', min: 0, max: 99, layout: note }] },
        ],
      },
      root: () =>
        n.group('NOTICE', [
          n.group('HEAD', [n.leaf('ORDER', 'order', reference()), ignored('SPARE?')]),
          n.entries('NOTES?', 'notes', {
            as: text(),
            entry: { name: 'NOTE', by: 'NAME', named: text({ min: 1, trim: true }), text: 'TEXT' },
          }),
        ]),
    });
    const body = '<NOTICE><HEAD>0000012007abcd</HEAD><NOTES><NOTE>WHERE   4   dock</NOTE></NOTES></NOTICE>';
    const { value, surplus } = message.read(Buffer.from(body));
    expect([value, surplus]).toEqual([{ order: '12007', notes: { WHERE: 'dock' } }, { 'NOTICE/HEAD/SPARE': 'abcd' }]);
    const written = message.write(value, { encoding: 'cp037' }, { surplus });
    expect(message.read(written, { encoding: 'cp037' })).toEqual({ value, surplus });
    expect(refusal(() => message.read(Buffer.from(body.replace('12007', '12O07')))).at).toBe('NOTICE/HEAD/ORDER, character 14');
  });
});
