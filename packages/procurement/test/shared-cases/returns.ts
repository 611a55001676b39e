import { documentOfForm, readDocument } from '@waybill/cxml';
import { type Cart, type CartItem, type CartSession, ociCallOf, readOciForm, type WrittenCart, writeCart } from '../../src/index.ts';
import { judgeCxml } from './documents.ts';
import type { Case, Verdict } from './main.ts';
import { judgeFields } from './oci-fields.ts';
import type { CasePartners } from './partners.ts';

/** A line in the words of the cases. */
interface Line {
  readonly partId: string;
  readonly auxId: string;
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  readonly priceBasis?: string;
  readonly unspsc: string;
  readonly name: string;
  readonly text?: string;
  readonly shortName?: string;
  readonly manufacturer?: string;
  readonly manufacturerPart?: string;
  readonly leadTime?: string;
  readonly url?: string;
  readonly extrinsics?: Record<string, string>;
  readonly lineExtrinsics?: Record<string, string>;
  readonly tax?: string;
  readonly shipping?: string;
}

export interface CaseCart {
  readonly currency: string;
  readonly lines: readonly Line[];
  readonly tax?: string;
  readonly shipping?: string;
}

export async function judgeReturn(each: Case, known: CasePartners, fileOf: (name: string) => Buffer): Promise<Verdict> {
  const cart = JSON.parse(fileOf(each.files[0] ?? '').toString('utf8')) as CaseCart;
  const cases = each.profiles ?? { [each.kind === 'write-oci' ? 'srm' : '']: each.expect ?? {} };
  const verdicts = Object.entries(cases).map(async ([profile, expect]) => {
    if (profile === 'srm') return judgeOci(cart, each, expect, known);
    const forms = (each.forms ?? ['cxml-urlencoded', 'cxml-base64']) as readonly ('cxml-urlencoded' | 'cxml-base64')[];
    const written = await Promise.all(forms.map((form) => cxml(cart, known, { form, ...(profile === '' ? {} : { profile }) })));
    return judgeCxml(cart, written, expect, (result) => readDocument(posted(result)));
  });
  return (await Promise.all(verdicts)).flat();
}

async function cxml(cart: CaseCart, known: CasePartners, own: object): Promise<WrittenCart> {
  const buyer = await known.buyer('larkfield', own);
  const [from, ...others] = buyer.identities;
  const [to, ...more] = known.partners.supplier.identities;
  if (!from || !to) throw new Error('Buyer and supplier have no names.');
  const session: CartSession = {
    protocol: 'cxml',
    cookie: 'LK-1',
    operation: 'create',
    parties: { from: [from, ...others], to: [to, ...more], sender: from },
    returnAddress: 'https://buy.larkfield.example/punchout/return',
    test: false,
  };
  return writeCart({ verb: 'return', cart: cartOf(cart) }, { ...ids, supplier: known.partners.supplier, buyer, session });
}

/** A line that cannot be written keeps the whole cart: the others are judged without it. */
async function judgeOci(
  cart: CaseCart,
  { unitMap }: Case,
  expect: Record<string, unknown>,
  known: CasePartners,
): Promise<readonly string[]> {
  const buyer = await known.buyer('srm', unitMap ? { units: unitMap } : {});
  const form = readOciForm(`HOOK_URL=${encodeURIComponent('https://srm.larkfield.example/return')}&http_content_charset=UTF-8`);
  const context = { ...ids, supplier: known.partners.supplier, buyer, session: { protocol: 'oci' as const, call: ociCallOf(form, buyer) } };
  const whole = writeCart({ verb: 'return', cart: cartOf(cart) }, context);
  const bad = Object.keys(expect['refused'] ?? {}).map(Number);
  const rest = { ...cart, lines: cart.lines.filter((_, index) => !bad.includes(index + 1)) };
  return judgeFields(whole, writeCart({ verb: 'return', cart: cartOf(rest) }, context), expect);
}

const ids = { payloadId: '1790000040.88.1@shop.harborpine.example', timestamp: '2026-10-05T10:00:00-04:00' };

function posted(written: WrittenCart): string {
  if (written.outcome === 'refused') throw new Error(JSON.stringify(written.problems));
  const body = new URLSearchParams(
    written.form.fields.map(({ name, value }) => [name, value.replace(/\r?\n/g, '\r\n')] as [string, string]),
  ).toString();
  return documentOfForm(body, 'application/x-www-form-urlencoded') ?? '';
}

function cartOf({ currency, lines, tax, shipping }: CaseCart): Cart {
  const charge = (amount: string | undefined, name: string) => (amount === undefined ? {} : { [name]: { amount: { amount, currency } } });
  return { currency, lines: lines.map((line) => itemOf(line, currency)), ...charge(tax, 'tax'), ...charge(shipping, 'shipping') };
}

function itemOf(line: Line, currency: string): CartItem {
  const charge = (amount: string | undefined) => (amount === undefined ? undefined : { amount: { amount, currency } });
  const fields = (all: Record<string, string> | undefined) => all && Object.entries(all).map(([name, value]) => ({ name, value }));
  const optional = {
    priceBasis: line.priceBasis === undefined ? undefined : { quantity: line.priceBasis, unit: line.unit, conversion: '1' },
    shortName: line.shortName ?? (line.text === undefined ? undefined : line.name),
    manufacturer: line.manufacturer,
    manufacturerPartId: line.manufacturerPart,
    leadTime: line.leadTime,
    url: line.url,
    extrinsics: fields(line.extrinsics),
    lineExtrinsics: fields(line.lineExtrinsics),
    tax: charge(line.tax),
    shipping: charge(line.shipping),
  };
  return {
    quantity: line.quantity,
    partId: line.partId,
    auxiliaryId: line.auxId,
    unit: line.unit,
    price: { amount: line.price, currency },
    description: line.text ?? line.name,
    classifications: [{ domain: 'UNSPSC', code: line.unspsc }],
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<CartItem>),
  };
}
