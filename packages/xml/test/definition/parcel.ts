import { constant, ignored, mapping, type Node } from '@waybill/mapping';
import { date8, dateTime, decimalText, flag, integerText, oneOf, Problem, text, time6 } from '@waybill/values';
import { defineXmlMessage } from '../../src/index.ts';

// One message that uses every kind of node, for all tests of definitions.

export interface Box {
  readonly id: string;
  readonly boxes?: readonly Box[];
}

export interface Parcel {
  readonly number: string;
  readonly sent?: string;
  readonly at?: string;
  readonly packed?: string;
  readonly fullName?: string;
  readonly lastName?: string;
  readonly firstName?: string;
  readonly way?: { readonly road?: string; readonly gate?: string };
  readonly ours?: string;
  readonly theirs?: string;
  readonly labels: readonly { readonly kind?: 'paper' | 'cloth'; readonly colour?: string; readonly text?: string }[];
  readonly notes?: readonly ({ readonly note: string } | { readonly price: string })[];
  readonly lines?: readonly string[];
  readonly first?: string;
  readonly second?: string;
  readonly period?: { readonly from: string; readonly to: string };
  readonly fragile?: true;
  readonly insured?: boolean;
  readonly damage?: string;
  readonly pin?: string;
  readonly boxes?: readonly Box[];
  readonly extra?: Readonly<Record<string, string>>;
  readonly loose?: Readonly<Record<string, string>>;
}

const p = mapping<Parcel>();
const label = mapping<Parcel['labels'][number]>();
const note = mapping<NonNullable<Parcel['notes']>[number]>();
const period = mapping<NonNullable<Parcel['period']>>();
const way = mapping<NonNullable<Parcel['way']>>();
const b = mapping<Box>();

const box: Node<'boxes'> = mapping<Pick<Box, 'boxes'>>().vector(
  'Box*',
  'boxes',
  [b.leaf('@id', 'id', text({ min: 1, max: 8, example: 'b1' }), { about: 'name of the box' }), b.like(() => box)],
  { about: 'a box in a box' },
);

/** A day and a time of day as one value. */
const moment = {
  join: ([day, time]: readonly (string | undefined)[]) =>
    day === undefined ? new Problem('has a time without its day') : `${day} ${time ?? '00:00:00'}`,
  split: (value: string) => (value.includes(' ') ? value.split(' ') : new Problem('is no day and time')),
};

export const parcel = defineXmlMessage<Parcel>({
  systemId: 'Parcel_10.dtd',
  root: () =>
    p.group('Parcel', [
      constant('@version', '1.0'),
      p.group('Verb', [constant('@value?', 'Send'), ignored('.')]),
      p.leaf('Number', 'number', integerText({ digits: 4 }), { about: 'number of the parcel' }),
      p.leaf('Sent?', 'sent', dateTime()),
      p.leaf('At?', 'at', time6()),
      p.joined('packed', { 'PackedDay?': date8(), 'PackedTime?': time6() }, moment),
      p.oneOf(
        [p.leaf('FullName', 'fullName', text())],
        [p.leaf('LastName', 'lastName', text()), p.leaf('FirstName?', 'firstName', text())],
      ),
      p.perhapsAll('way', [way.leaf('Road?', 'road', text()), way.leaf('Gate?', 'gate', text())]),
      p.pick('Mark*', 'of', { us: ['ours', text({ max: 5 })], them: ['theirs', text({ max: 5 })] }, { preset: 'us' }),
      p.vector(
        'Label+',
        'labels',
        [
          label.leaf('@kind?', 'kind', oneOf('paper', 'cloth'), { preset: 'paper' }),
          label.leaf('@colour?', 'colour', text({ max: 10 })),
          label.leaf('.', 'text', text({ max: 20 })),
        ],
        { max: 3 },
      ),
      p.mixed('notes', [note.leaf('Note', 'note', text())], [note.leaf('Price', 'price', decimalText({ digits: 6, scale: 2 }))]),
      p.list('Line*', 'lines', text({ max: 20 })),
      p.indexed('Way*', ['first', 'second'], text({ max: 5 })),
      p.into('Period?', 'period', [period.leaf('From', 'from', date8()), period.leaf('To', 'to', date8())], {
        check: ({ from, to }) => (from > to ? { says: 'ends before it begins', at: 'To', hint: 'Swap the dates.' } : undefined),
      }),
      p.mark('Fragile?', 'fragile'),
      p.leaf('Insured?', 'insured', flag({ yes: 'TRUE', no: 'FALSE' })),
      p.leaf('Damage?', 'damage', text({ max: 9 }), { onlyIf: ['insured', true] }),
      p.leaf('Pin?', 'pin', text({ max: 4, secret: true })),
      box,
      p.entries('UserData?', 'extra', {
        as: text({ example: 'web' }),
        entry: { name: 'UserDataField', by: 'name', named: text({ min: 1, example: 'salesChannel' }) },
      }),
      p.entries('Loose?', 'loose', { as: text({ max: 20 }) }),
    ]),
});
