import { date8, dateTime, decimalText, flag, integerText, oneOf, text, time6 } from '@waybill/values';
import {
  attribute,
  checked,
  choice,
  defaultAttribute,
  defineXmlMessage,
  type ElementNode,
  element,
  fixedAttribute,
  lazy,
  many,
  many1,
  mapped,
  optional,
  optionalAttribute,
  record,
  sequence,
  userData,
} from '../../src/index.ts';

// One message that uses every combinator, for all tests of definitions.

interface Box {
  readonly id: string;
  readonly boxes?: readonly Box[] | undefined;
}

const box: ElementNode<Box> = element('Box', {
  attributes: { id: attribute('id', text({ min: 1, max: 8, example: 'b1' }), 'name of the box') },
  children: { boxes: many(lazy(() => box)) },
  about: 'a box in a box',
});

const label = element('Label', {
  attributes: { kind: defaultAttribute('kind', oneOf('paper', 'cloth'), 'paper'), colour: optionalAttribute('colour', text({ max: 10 })) },
  text: text({ max: 20 }),
});

const period = mapped(
  checked(element('Period', { children: { from: element('From', date8()), to: element('To', date8()) } }), ({ from, to }) =>
    from > to ? { says: 'ends before it begins', at: 'To', hint: 'Swap the dates.' } : undefined,
  ),
  { read: ({ from, to }) => [from, to] as const, write: ([from, to]) => ({ from, to }) },
);

export const parcel = defineXmlMessage({
  systemId: 'Parcel_10.dtd',
  root: element('Parcel', {
    attributes: { version: fixedAttribute('version', '1.0', { mandatory: true }) },
    children: {
      verb: element('Verb', { attributes: { value: fixedAttribute('value', 'Send') }, text: 'ignored' }),
      number: element('Number', integerText({ digits: 4 }), 'number of the parcel'),
      sent: optional(element('Sent', dateTime())),
      at: optional(element('At', time6())),
      who: choice({
        full: element('FullName', text()),
        parts: sequence({ last: element('LastName', text()), first: optional(element('FirstName', text())) }),
      }),
      labels: many1(label, { max: 3 }),
      notes: many(choice({ note: element('Note', text()), price: element('Price', decimalText({ digits: 6, scale: 2 })) })),
      period: optional(period),
      fragile: optional(element('Fragile', {})),
      insured: optional(element('Insured', flag({ yes: 'TRUE', no: 'FALSE' }))),
      pin: optional(element('Pin', text({ max: 4, secret: true }))),
      boxes: many(box),
      extra: optional(userData()),
      loose: optional(record('Loose', text({ max: 20 }))),
    },
  }),
});
