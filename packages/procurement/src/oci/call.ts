import { compare, readExact } from '../exact/exact.ts';
import type { Buyer } from '../partners/buyer.ts';
import { checkedReturnAddress } from '../partners/return-address.ts';
import { ociErrors } from './errors.ts';
import type { OciForm } from './form.ts';
import { type Hook, hookOf } from './hook-url.ts';

/** What a call asks for; SHOP is a call without function. */
export type OciFunction = 'SHOP' | 'DETAIL' | 'VALIDATE' | 'SOURCING' | 'BACKGROUND_SEARCH';

/** A call of the catalog by a browser. */
export interface OciCall {
  readonly function: OciFunction;
  /** The product, by the auxiliary id that its line had. Of DETAIL and VALIDATE. */
  readonly productId?: string;
  /** How many, of VALIDATE. */
  readonly quantity?: string;
  readonly searchString?: string;
  readonly vendor?: string;
  /** Where the cart goes. Missing of DETAIL, which returns nothing, where the call has none. */
  readonly hook?: Hook;
  /** Which window the cart is posted in. */
  readonly target: string;
  readonly okCode: string;
  readonly caller: string;
  readonly charset: string;
  readonly version?: string;
  /** The other fields of the call, without user and password. */
  readonly parameters: Readonly<Record<string, string>>;
}

const functions: Readonly<Record<string, OciFunction>> = {
  '': 'SHOP',
  DETAIL: 'DETAIL',
  VALIDATE: 'VALIDATE',
  SOURCING: 'SOURCING',
  BACKGROUND_SEARCH: 'BACKGROUND_SEARCH',
};

/** Fields whose meaning is fixed. */
const known = [
  'function',
  'productid',
  'quantity',
  'searchstring',
  'vendor',
  '~okcode',
  '~target',
  '~caller',
  'returntarget',
  'http_content_charset',
  'oci_version',
  'opi_version',
  'bypass_outb_handler',
  'bypass_inb_handler',
];

/**
 * What the call of a recognised buyer asks for. Names of fields are compared without case, values stay as they were sent. Throws WB_OCI_BAD_CALL,
 * WB_OCI_UNKNOWN_FUNCTION, and WB_PARTNERS_BAD_RETURN_ADDRESS where HOOK_URL is not of the buyer.
 */
export function ociCallOf(form: OciForm, buyer: Buyer): OciCall {
  const which = functionOf(form);
  const address = filled(form.get(buyer.logon?.hookField ?? 'HOOK_URL'));
  if (address === undefined && which !== 'DETAIL')
    throw ociErrors.WB_OCI_BAD_CALL(`The call of ${buyer.name} has no ${buyer.logon?.hookField ?? 'HOOK_URL'}.`);
  const optional = {
    ...productOf(form, which),
    searchString: filled(form.get('SEARCHSTRING')),
    vendor: filled(form.get('VENDOR')),
    hook: address === undefined ? undefined : hookOf(checkedReturnAddress(buyer, address), form.charset),
    version: filled(form.get('OCI_VERSION')),
  };
  return {
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<OciCall>),
    function: which,
    target: targetOf(form, buyer),
    okCode: filled(form.get('~OkCode')) ?? 'ADDI',
    caller: filled(form.get('~CALLER')) ?? 'CTLG',
    charset: form.charset,
    parameters: parametersOf(form, buyer),
  };
}

function functionOf(form: OciForm): OciFunction {
  const told = form.get('FUNCTION')?.trim().toUpperCase() ?? '';
  const found = Object.hasOwn(functions, told) ? functions[told] : undefined;
  if (found) return found;
  throw ociErrors.WB_OCI_UNKNOWN_FUNCTION(`The call asks for the function "${told.slice(0, 40)}", which this store does not have.`);
}

function productOf(form: OciForm, which: OciFunction): Pick<OciCall, 'productId' | 'quantity'> {
  if (which !== 'DETAIL' && which !== 'VALIDATE') return {};
  const productId = filled(form.get('PRODUCTID'));
  if (productId === undefined) throw ociErrors.WB_OCI_BAD_CALL(`The call asks for ${which} and has no PRODUCTID.`);
  const told = filled(form.get('QUANTITY'));
  if (told === undefined) return { productId };
  const quantity = readExact(told);
  if (quantity === undefined || compare(quantity, '0') <= 0)
    throw ociErrors.WB_OCI_BAD_CALL('The QUANTITY of the call is no number above zero.');
  return { productId, quantity };
}

/** A frame may have any name; what could be none is left to the profile. */
function targetOf(form: OciForm, buyer: Buyer): string {
  const told = [form.get('~TARGET'), form.get('returntarget')]
    .map(filled)
    .find((each) => each !== undefined && /^[A-Za-z_][\w-]{0,63}$/.test(each));
  return told ?? buyer.returnTarget;
}

function parametersOf(form: OciForm, { logon }: Buyer): Readonly<Record<string, string>> {
  const hidden = new Set([...known, ...[logon?.userField, logon?.passwordField, logon?.hookField].map((name) => name?.toLowerCase())]);
  return Object.fromEntries(form.fields.filter(([name]) => !hidden.has(name.toLowerCase())));
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}
