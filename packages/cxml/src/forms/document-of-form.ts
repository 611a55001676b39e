import { decode, encodingOf } from '@waybill/text';

const field = /^cxml[-_]?(urlencoded|base64)$/i;

/**
 * The document in a form that a browser has posted, whatever way its field is spelled (reference/procurement-messages.md, section 4). Undefined where the body is no form, or has no such
 * field. Throws a final `MessageError` of @waybill/text where the bytes of a `cxml-base64` are no text.
 */
export function documentOfForm(body: string | Uint8Array, contentType: string | undefined): string | undefined {
  if (!/^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType ?? '')) return undefined;
  // A form is US-ASCII: what is beyond that is percent-encoded, and what is not was sent as UTF-8.
  const text = typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  for (const [name, value] of new URLSearchParams(text)) {
    const kind = field.exec(name.trim())?.[1];
    if (kind !== undefined) return kind.toLowerCase() === 'base64' ? ofBase64(value) : ofText(value);
  }
  return undefined;
}

/** Some encode it a second time. */
function ofText(value: string): string {
  const text = value.trim();
  if (!/^%3C/i.test(text)) return value;
  return new URLSearchParams(`x=${text}`).get('x') ?? value;
}

/** A plus that nobody has encoded comes as a blank. */
function ofBase64(value: string): string {
  const body = Buffer.from(value.trim().replaceAll(' ', '+'), 'base64');
  return decode(body, encodingOf({ body }).encoding);
}
