import type { BuyerOrderLine, Priced } from '@waybill/commerce';
import { type Conversion, mapping, type Nodes } from '@waybill/mapping';
import { type Described, description, languageOfDocument } from '../parts/description.ts';
import { money } from '../parts/money.ts';
import { given, present, words } from '../parts/texts.ts';

/** One share of the costs of a line. */
export type Share = NonNullable<BuyerOrderLine['accounting']>[number];
type Segment = Share['segments'][number];

interface WireSegment {
  id: string;
  type?: string;
  description?: Described;
}

/** `Distribution`, as it stands on the wire. */
export interface WireShare {
  name: string;
  older?: Segment[];
  segments?: WireSegment[];
  charge: Priced;
}

const d = mapping<WireShare>();
const o = mapping<Segment>();
const s = mapping<WireSegment>();

/** What is in `Distribution`: reference/procurement-messages.md, section 3.7. */
export const distribution = (): Nodes<WireShare> => [
  d.group('Accounting', [
    d.leaf('@name', 'name', words('Cost assignment')),
    d.oneOf(
      [
        d.vector('AccountingSegment+', 'segments', [
          s.leaf('@id', 'id', words('CC-4410')),
          s.group('Name', [languageOfDocument(), s.leaf('.?', 'type', words('CostCenter'))]),
          s.into('Description', 'description', description()),
        ]),
      ],
      [
        d.vector('Segment+', 'older', [
          o.leaf('@type', 'type', words('Department')),
          o.leaf('@id', 'id', words('CC-4410')),
          o.leaf('@description?', 'description', words('Maintenance')),
        ]),
      ],
    ),
  ]),
  d.group('Charge', [d.into('Money', 'charge', money())]),
];

/** Both kinds of segments are read, and the newer one is written. */
export const asShare: Conversion<WireShare, Share> = {
  read: ({ name, charge, older, segments = [] }) => ({ name, segments: older?.map(tidy) ?? segments.map(segmentOf), charge }),
  write: ({ name, charge, segments }) => ({ name, charge, segments: segments.map(onWire) }),
};

function tidy({ type, id, description: told }: Segment): Segment {
  return present({ type, id, description: given(told) }) as Segment;
}

function segmentOf({ id, type = '', description: told }: WireSegment): Segment {
  return present({ type, id, description: given(told?.text) }) as Segment;
}

function onWire({ id, type, description: told }: Segment): WireSegment {
  return { id, type, description: present({ text: told }) };
}
