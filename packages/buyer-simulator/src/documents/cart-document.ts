import type { CartLine } from '@waybill/commerce';
import { type CxmlDocument, documentOfForm, type PunchoutCart, readDocument } from '@waybill/cxml';
import { sumOf } from '../requisitions/exact.ts';
import type { Money } from '../requisitions/requisition.ts';
import { formFields, ociCartOf } from './oci-return.ts';
import { amountOf } from './order-content.ts';

/** What a browser has posted, as far as it could be read. */
export interface ReturnedCart {
  /** How it stood in the form. */
  readonly form: string;
  readonly text: string;
  /** Of cXML: which session it is of. */
  readonly cookie?: string | undefined;
  readonly payloadId?: string | undefined;
  /** 204: the session has ended without a change. */
  readonly status?: number | undefined;
  readonly lines: readonly CartLine[];
  readonly total?: Money | undefined;
  readonly shipping?: Money | undefined;
  readonly tax?: Money | undefined;
  /** Why nothing can be done with it. */
  readonly problem?: string | undefined;
  readonly notes: readonly string[];
}

/** The cart in an OCI return. `charset`: what the call has asked for, and the page of the shop is sent in. */
export function ociCart(body: Uint8Array, charset: string): ReturnedCart {
  const fields = formFields(body, charset);
  const { lines, currency, notes } = ociCartOf(fields);
  const text = fields.map(({ name, value }) => `${name} = ${value}`).join('\n');
  const total = currency === undefined ? undefined : { amount: sumOf(lines.map(amountOf)), currency };
  return { form: 'OCI fields', text, lines, total, notes };
}

/** The cart in a form with a document of cXML. */
export function cxmlCart(body: Uint8Array, contentType: string): ReturnedCart {
  const form = nameOfForm(body, contentType);
  try {
    const text = documentOfForm(body, contentType);
    if (text === undefined)
      return { form, text: Buffer.from(body).toString(), lines: [], notes: [], problem: 'There is no cXML in the form.' };
    return { form, text, ...readCart(text, form) };
  } catch (error) {
    const text = Buffer.from(body).toString();
    return { form, text, lines: [], notes: [], problem: error instanceof Error ? error.message : 'It cannot be read.' };
  }
}

function readCart(text: string, form: string): Omit<ReturnedCart, 'form' | 'text'> {
  const document = readOrProblem(text);
  if (typeof document === 'string') return { lines: [], notes: [], problem: document };
  const { type, input, payloadId, status, warnings, secret } = document;
  if (type !== 'PunchOutOrderMessage') return { lines: [], notes: warnings, problem: `It is a ${type}, and no cart.` };
  const { cookie, lines, total, shipping, tax } = input as PunchoutCart;
  const notes = [
    ...warnings,
    ...notesOn(text, form),
    ...noteOnTotal(lines, total),
    ...(secret === undefined ? [] : ['It carries a secret through the browser.']),
  ];
  const code = status?.code;
  return { cookie, payloadId, status: code, lines, total, shipping: shipping?.amount, tax: tax?.amount, notes };
}

function readOrProblem(text: string): CxmlDocument | string {
  try {
    return readDocument(text);
  } catch (error) {
    return error instanceof Error ? error.message : 'It cannot be read.';
  }
}

function notesOn(text: string, form: string): readonly string[] {
  const isUrlencoded = /urlencoded/i.test(form);
  const hasOthers = Array.from(text).some((character) => character > '\u007f');
  return isUrlencoded && hasOthers ? ['cxml-urlencoded holds other characters than those of us-ascii.'] : [];
}

/** Many procurement systems calculate the total anew, and hold a cart whose own is another one. */
function noteOnTotal(lines: readonly CartLine[], { amount }: Money): readonly string[] {
  const sum = sumOf(lines.map(amountOf));
  return sum === sumOf([amount]) ? [] : [`The total is ${amount}, and its lines make ${sum}.`];
}

/** The name of the field, as it was spelled. */
function nameOfForm(body: Uint8Array, contentType: string): string {
  if (!/^application\/x-www-form-urlencoded/i.test(contentType)) return contentType.split(';')[0] || 'without content type';
  const names = formFields(body, 'utf-8').map(({ name }) => name);
  return names.find((name) => /^cxml-(?:urlencoded|base64)$/i.test(name)) ?? names.join(', ').slice(0, 80);
}
