import type { PurchaseOrderShipped } from '@waybill/commerce';
import { type Conversion, mapping, type Nodes } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { id, present, words, written } from '../parts/texts.ts';

type Carrier = NonNullable<PurchaseOrderShipped['carriers']>[number];

interface WireControl extends Omit<Carrier, 'method'> {
  ways?: Way[];
}

/** Where a carrier goes, with or without what belongs to its contract. */
interface Way {
  inner?: string;
  outer?: string;
}

const c = mapping<WireControl>();
const i = mapping<Carrier['identifiers'][number]>();
const t = mapping<Carrier['tracking'][number]>();
const w = mapping<Way>();

/** What is in `ShipControl`: reference/procurement-messages.md, section 3.9. */
export const shipControl = (): Nodes<WireControl> => [
  c.leaf('@startDate?', 'starts', written('2026-09-28T15:00:00-04:00')),
  c.vector('CarrierIdentifier+', 'identifiers', [i.leaf('@domain', 'domain', id('SCAC')), i.leaf('.', 'code', words('ACME'))]),
  c.vector('ShipmentIdentifier+', 'tracking', [
    t.leaf('@domain?', 'domain', words('trackingNumber')),
    t.leaf('@trackingNumberDate?', 'date', written('2026-09-28T15:00:00-04:00')),
    t.leaf('@trackingURL?', 'url', words('https://track.acmeparcel.example/?n=AP00112233')),
    t.leaf('.', 'number', id('AP00112233')),
  ]),
  c.mixed(
    'ways',
    [w.group('TransportInformation', [w.group('Route?', [w.leaf('@method?', 'inner', words('motor'))])])],
    [w.group('Route', [w.leaf('@method?', 'outer', words('motor'))])],
  ),
];

/** What the DTD knows. */
const methods = new Set(['air', 'motor', 'rail', 'ship', 'mail', 'multimodal', 'fixedTransport', 'inlandWater']);

/** How goods travel stands in the first part of the way that says it. */
export const asCarrier: Conversion<WireControl, Carrier> = {
  read: ({ ways = [], ...rest }) => {
    const method = ways.map(({ inner, outer }) => inner ?? outer).find((each) => each !== undefined && each !== '');
    return present({ ...rest, method }) as Carrier;
  },
  write: ({ method, ...rest }) => {
    const domains = rest.identifiers.map(({ domain }) => domain.toLowerCase());
    if (new Set(domains).size < domains.length) return new Problem('has two names of the carrier in one list');
    if (method !== undefined && !methods.has(method)) {
      return new Problem('does not say how the goods travel in a word that buyers know', `Use one of ${[...methods].join(', ')}.`);
    }
    return present({ ...rest, ways: method === undefined ? undefined : [{ inner: method }] }) as WireControl;
  },
  sound: ({ identifiers, ways, ...rest }) => ({
    ...rest,
    identifiers: identifiers.map((each, index) => ({ ...each, domain: `list-${index + 1}` })),
    ...(ways && { ways: [{ inner: 'motor' }] }),
  }),
};
