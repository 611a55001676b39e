import type { Comment, Extrinsic, Parties } from '@waybill/commerce';
import { browserForm, writable, writeDocument } from '@waybill/cxml';
import type { Buyer } from '../partners/buyer.ts';
import { identityKey, withoutTestSuffix } from '../partners/identities.ts';
import type { SupplierSpec } from '../partners/partner-settings.ts';
import type { CartSession, ReturnForm } from './cart.ts';
import type { Notes } from './lines/notes.ts';
import { totalOf } from './lines/prices.ts';
import type { ReadyCart, ReadyLine } from './lines/ready-line.ts';

interface Context {
  readonly supplier: SupplierSpec;
  readonly buyer: Buyer;
  readonly session: CartSession & { readonly protocol: 'cxml' };
  readonly payloadId: string;
  readonly timestamp: string;
  readonly notes: Notes;
}

/** The PunchOutOrderMessage of a cart, and the form that holds it (reference/procurement-messages.md, sections 3.6 and 4). */
export function cxmlReturn(cart: ReadyCart, context: Context): { readonly document: string; readonly form: ReturnForm } {
  const { buyer, session } = context;
  const language = cart.language ?? session.language;
  const document = writeDocument('PunchOutOrderMessage', cleaned(messageOf(cart, buyer, session), context.notes), {
    payloadId: context.payloadId,
    timestamp: context.timestamp,
    version: buyer.version,
    test: session.test,
    parties: answering(session.parties, context.supplier),
    ...(language === undefined ? {} : { language }),
    ...(cart.isNoChange ? { status: { code: 204, text: 'No Content' } } : {}),
  });
  const { name, value } = browserForm(document, buyer.form);
  const field = { name: buyer.formField ?? name, value };
  return { document, form: { action: session.returnAddress, target: buyer.returnTarget, charset: 'UTF-8', fields: [field] } };
}

/**
 * The store answers under the names that the buyer has called it by, its test account included, and to those that the buyer has given itself. No secret goes
 * through a browser.
 */
export function answering(parties: Parties, { identities, userAgent }: SupplierSpec): Parties {
  const ours = new Set(identities.map((each) => identityKey(withoutTestSuffix(each))));
  const called = parties.to.filter((each) => ours.has(identityKey(withoutTestSuffix(each))));
  const from = called.length > 0 ? called : identities;
  const [sender] = from;
  return { from: [...from], to: parties.from, ...(sender && { sender }), userAgent: userAgent ?? 'Waybill' };
}

function messageOf(cart: ReadyCart, buyer: Buyer, session: Context['session']): object {
  const total = { amount: totalOf(cart.lines, cart.currency), currency: cart.currency };
  return withoutGaps({
    cookie: buyer.cookie === 'exact' ? session.cookie : session.cookie.trim(),
    operationAllowed: buyer.operationAllowed,
    quoteStatus: cart.quote === 'pending' ? 'pending' : undefined,
    total,
    shipTo: cart.shipTo,
    shipping: cart.shipping,
    tax: cart.tax,
    supplierOrder: cart.quoteId === undefined ? undefined : { id: cart.quoteId },
    lines: cart.lines.map(lineOf),
  });
}

/** Texts that no rule of a line looks at, such as the name of an extrinsic or an address, may hold anything as well. */
function cleaned(message: object, notes: Notes): object {
  const { value, replaced } = writable(message);
  for (const path of replaced) {
    const [, index, field = path] = /^lines\[(\d+)\]\.(.+)$/.exec(path) ?? [];
    const line = index === undefined ? undefined : Number(index) + 1;
    notes.about(line).warn(field, 'held characters that XML does not have; U+FFFD stands in their place');
  }
  return value;
}

function lineOf(line: ReadyLine): object {
  const { price, currency, longText: _, ...rest } = line;
  return withoutGaps({
    ...rest,
    price: { amount: price, currency },
    classifications: [...line.classifications],
    extrinsics: filled(line.extrinsics),
    lineExtrinsics: filled(line.lineExtrinsics),
    comments: oneComment(line),
  });
}

/** A line of a cart has one element of remarks by the DTD. */
function oneComment({ comments }: ReadyLine): readonly Comment[] | undefined {
  const [first, ...others] = comments;
  if (!first) return undefined;
  return [{ ...first, text: [first, ...others].map(({ text }) => text).join('\n') }];
}

function filled(extrinsics: readonly Extrinsic[]): readonly Extrinsic[] | undefined {
  return extrinsics.length === 0 ? undefined : extrinsics;
}

function withoutGaps(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
