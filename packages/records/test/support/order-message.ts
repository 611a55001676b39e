import { constant, type Group, ignored, mapping, same } from '@waybill/mapping';
import { date8, decimalText, oneOf, Problem, text, time6 } from '@waybill/values';
import { defineTaggedMessage, type Tag } from '../../src/index.ts';

/** An order with lines, as tags and fields and what they mean. */
export interface Line {
  sku: string;
  price?: string;
  marks?: string[];
  more?: Record<string, string>;
}

export interface Order {
  id: string;
  kind?: string;
  placed?: string;
  secret?: string;
  totals?: { net?: string; tax?: string };
  level?: string;
  remark?: string;
  lines?: Line[];
}

export const field = (name: string, length: number) => ({ name, length });

/** `<ORD><HEAD>…</HEAD><LINES><LINE><REC>…</REC><EXTRA>…</EXTRA></LINE></LINES></ORD>` */
export const tag: Tag = {
  tag: 'ORD',
  tags: [
    {
      tag: 'HEAD',
      layout: {
        name: 'HEAD',
        items: [
          { ...field('VERSION', 2), value: '01' },
          field('ID', 6),
          field('DAY', 8),
          field('TIME', 6),
          field('NET', 8),
          field('TAX', 8),
          field('LEVEL', 1),
          field('REMARK', 10),
          field('SECRET', 6),
          field('SPARE', 4),
        ],
      },
    },
    {
      tag: 'LINES',
      min: 0,
      tags: [
        {
          tag: 'LINE',
          min: 0,
          max: 9,
          tags: [
            {
              tag: 'REC',
              least: 6,
              layout: { name: 'REC', items: [field('ID', 6), field('SKU', 8), field('PRICE', 8), { ...field('MARK', 1), occurs: 3 }] },
            },
            {
              tag: 'EXTRA',
              min: 0,
              tags: [
                {
                  tag: 'PAIR',
                  min: 0,
                  max: 9,
                  layout: {
                    name: 'PAIR',
                    items: [
                      field('NAME', 4),
                      { ...field('LENGTH', 3), type: 'number' },
                      { name: 'TEXT', length: { in: 'LENGTH', max: 99 } },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};

export const o = mapping<Order>();
const t = mapping<NonNullable<Order['totals']>>();
export const l = mapping<Line>();
export const id = text({ min: 1, trim: true });

const moment = {
  join: ([day, time = '00:00:00']: readonly (string | undefined)[]) => (day === undefined ? new Problem('has no day') : `${day}T${time}`),
  split: (value: string) => value.split('T'),
};

export const head = {
  ...o.group('HEAD', [
    constant('VERSION', '01'),
    o.leaf('ID', 'id', id),
    o.joined('placed', { 'DAY?': date8(), 'TIME?': time6() }, moment),
    o.perhapsAll('totals', [t.leaf('NET?', 'net', decimalText()), t.leaf('TAX?', 'tax', decimalText())]),
    o.leaf('LEVEL?', 'level', oneOf('A', 'B'), { preset: 'A' }),
    o.leaf('REMARK?', 'remark', text(), { onlyIf: ['level', 'B'] }),
    o.leaf('SECRET?', 'secret', text({ min: 2, secret: true })),
    ignored('SPARE?'),
  ]),
  sets: [{ path: ['kind'], is: 'order' }],
  check: ({ totals }: Order) =>
    totals?.tax !== undefined && totals.net === undefined ? { says: 'is there without NET', at: 'TAX' } : undefined,
} as Group<keyof Order>;

const line = l.group('REC', [
  same('ID?', 'id', id),
  l.leaf('SKU', 'sku', id),
  l.leaf('PRICE?', 'price', decimalText()),
  l.list('MARK*', 'marks', text({ max: 1 })),
]);

const extra = l.entries('EXTRA?', 'more', { as: text({ max: 9 }), entry: { name: 'PAIR', by: 'NAME', named: id, text: 'TEXT' } });

export const message = defineTaggedMessage<Order>({
  tag,
  root: () => o.group('ORD', [head, o.group('LINES?', [o.vector('LINE*', 'lines', [line, extra])])]),
});

interface Head {
  readonly id?: string;
  readonly day?: string;
  readonly time?: string;
  readonly net?: string;
  readonly tax?: string;
  readonly level?: string;
  readonly remark?: string;
  readonly secret?: string;
  readonly spare?: string;
}

function headOf({
  id: key = 'O-7',
  day = '',
  time = '',
  net = '',
  tax = '',
  level = '',
  remark = '',
  secret = '',
  spare = '',
}: Head): string {
  const texts = [key.padEnd(6), day.padEnd(8), time.padEnd(6), net.padEnd(8), tax.padEnd(8), level.padEnd(1), remark.padEnd(10)];
  return `<HEAD>01${texts.join('')}${secret.padEnd(6)}${spare.padEnd(4)}</HEAD>`;
}

export const lineOf = (sku: string, more = '', behind = '', order = ''): string =>
  `<LINE><REC>${order.padEnd(6)}${sku.padEnd(8)}${'12.50'.padEnd(8)}X Y${behind}</REC>${more}</LINE>`;
export const order = (header: Head = {}, lines = ''): Buffer =>
  Buffer.from(`<ORD>${headOf(header)}${lines === '' ? '' : `<LINES>${lines}</LINES>`}</ORD>`);
