import { type FormFields, formFieldsIn } from './form.ts';

/** Where a cart goes by OCI, and what has to stand in its form beside the cart. */
export interface Hook {
  /** The address without its query and without what stands behind `#`. */
  readonly action: string;
  /** What stood in the query, decoded once: a form would lose it in the address. */
  readonly fields: FormFields;
}

/** Splits HOOK_URL (reference/procurement-messages.md, section 6.2). Its query is in the encoding of the call. */
export function hookOf(address: string, charset: string): Hook {
  const [whole = ''] = address.split('#', 1);
  const question = whole.indexOf('?');
  if (question < 0) return { action: whole, fields: [] };
  return { action: whole.slice(0, question), fields: formFieldsIn(whole.slice(question + 1), charset) };
}
