import { MessageError } from '@waybill/contract';
import type { Buyer } from '../partners/buyer.ts';
import type { SupplierSpec } from '../partners/partner-settings.ts';
import type { Cart, CartItem, CartSession, Ending, WrittenCart } from './cart.ts';
import { cxmlReturn } from './cxml-return.ts';
import { fieldNames } from './lines/field-names.ts';
import { Notes } from './lines/notes.ts';
import { cartCharge, prepareLine } from './lines/prepare-line.ts';
import type { ReadyCart } from './lines/ready-line.ts';
import { ociReturn } from './oci-return.ts';

/** For whom a cart is written, and what no cart knows. */
export interface CartContext {
  readonly supplier: SupplierSpec;
  readonly buyer: Buyer;
  readonly session: CartSession;
  /** Of the document: `newPayloadId`. The same one when the same cart goes out again. */
  readonly payloadId: string;
  /** Of the document, with offset: `timestampOf`. */
  readonly timestamp: string;
}

/**
 * The form by which a session ends, and the document in it. All that the buyer could not take is told at once and with the number of its line, before anything
 * leaves: one line that a procurement system does not understand makes it lose the whole cart, and nobody here ever hears of it. Pure: the same arguments make
 * the same bytes.
 */
export function writeCart(ending: Ending, context: CartContext): WrittenCart {
  const notes = new Notes();
  const cart = prepareCart(ending, context, notes);
  const returned = notes.problems.length > 0 ? undefined : tryReturn(cart, context, notes);
  // Sorted by line, as people go through a cart.
  const byLine = (a: { readonly line?: number }, b: { readonly line?: number }): number => (a.line ?? 0) - (b.line ?? 0);
  if (!returned || notes.problems.length > 0) return { outcome: 'refused', problems: notes.problems.toSorted(byLine) };
  return { outcome: 'written', ...returned, warnings: notes.warnings.toSorted(byLine) };
}

/** What the declaration of the document does not take is one more problem, at the line that its path names. */
function tryReturn(cart: ReadyCart, context: CartContext, notes: Notes): ReturnType<typeof returnOf> | undefined {
  try {
    return returnOf(cart, context, notes);
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    const [, line] = /ItemIn\[(\d+)\]/.exec(error.at ?? '') ?? [];
    const field =
      error.at
        ?.replace(/ \(.*$/, '')
        .split('/')
        .at(-1) ?? 'cart';
    notes.about(line === undefined ? undefined : Number(line)).refuse(field, `cannot be written: ${error.message}`);
    return undefined;
  }
}

function returnOf(
  cart: ReadyCart,
  context: CartContext,
  notes: Notes,
): Pick<WrittenCart & { readonly outcome: 'written' }, 'form' | 'document'> {
  const { session, buyer } = context;
  switch (session.protocol) {
    case 'cxml':
      return cxmlReturn(cart, { ...context, session, notes });
    case 'oci':
      return { document: undefined, form: ociReturn(cart, { buyer, call: session.call, notes }) };
  }
}

function prepareCart(ending: Ending, context: CartContext, notes: Notes): ReadyCart {
  switch (ending.verb) {
    case 'leave':
      return { ...emptyCart(ending.currency), isNoChange: true };
    case 'empty':
      return { ...emptyCart(ending.currency), isNoChange: isBetterNoChange(context) };
    case 'return':
      return returnedCart(ending.cart, context, notes);
  }
}

const emptyCart = (currency: string): Omit<ReadyCart, 'isNoChange'> => ({
  currency,
  lines: [],
  quote: 'final',
  shipping: undefined,
  tax: undefined,
  shipTo: undefined,
  quoteId: undefined,
  language: undefined,
});

/** In an edit, only a message without lines deletes them; elsewhere both do nothing, and some systems cannot read it. */
function isBetterNoChange({ session, buyer }: CartContext): boolean {
  return buyer.emptyCart === 'no-change' && !(session.protocol === 'cxml' && session.operation === 'edit');
}

function returnedCart(cart: Cart, context: CartContext, notes: Notes): ReadyCart {
  const { session } = context;
  const whole = notes.about(undefined);
  if (session.protocol === 'cxml' && session.operation === 'inspect') {
    whole.warn('operation', 'is inspect, which brings no lines back: the session is left without a change');
    return { ...emptyCart(cart.currency), isNoChange: true };
  }
  if (cart.lines.length === 0) return returnedEmpty(cart, context, notes);
  const names = fieldNames[session.protocol];
  const shared = { buyer: context.buyer, names, currency: cart.currency };
  const prepare = (item: CartItem, index: number) => prepareLine(item, index + 1, { ...shared, notes: notes.about(index + 1) });
  return {
    currency: cart.currency,
    isNoChange: false,
    quote: cart.quote ?? 'final',
    lines: cart.lines.map(prepare),
    shipping: cartCharge(cart.shipping, names.shipping, { ...shared, notes: whole }),
    tax: cartCharge(cart.tax, names.tax, { ...shared, notes: whole }),
    shipTo: cart.shipTo,
    quoteId: cart.quoteId,
    language: cart.language,
  };
}

function returnedEmpty(cart: Cart, context: CartContext, notes: Notes): ReadyCart {
  const { session } = context;
  if (session.protocol === 'cxml' && session.operation === 'edit') {
    notes
      .about(undefined)
      .refuse('cart', 'has no lines, and the buyer would delete its own: say "empty" where that is meant, else "leave"');
  }
  return { ...emptyCart(cart.currency), isNoChange: isBetterNoChange(context) };
}
