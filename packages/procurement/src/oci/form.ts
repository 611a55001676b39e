import { ociErrors } from './errors.ts';

/** What a form holds: names as they came, and values. A name may be there more than once. */
export type FormFields = readonly (readonly [name: string, value: string])[];

/** The fields of an OCI call. */
export interface OciForm {
  readonly fields: FormFields;
  /** The encoding that the call was read in, as its sender names it. */
  readonly charset: string;
  /** The first value of the field, whose name is compared without case. */
  get(name: string): string | undefined;
}

/** A call has some twenty fields. */
const mostFields = 1_000;
const mostBytes = 1_048_576;

/**
 * Reads the body of a POST, or the query of a GET, as an OCI call. Its encoding is what its field `http_content_charset` says, then what the content type
 * says, then ISO-8859-1 (reference/procurement-messages.md, section 6.1). Throws WB_OCI_BAD_CALL for more than 1,000 fields or 1 MB, and for an encoding
 * that nobody knows.
 */
export function readOciForm(form: Uint8Array | string, contentType?: string): OciForm {
  const bytes = typeof form === 'string' ? Buffer.from(form, 'latin1') : form;
  if (bytes.length > mostBytes) throw ociErrors.WB_OCI_BAD_CALL(`The call has ${bytes.length} bytes; at most ${mostBytes} are read.`);
  const charset = charsetIn(pairsIn(bytes, decoderOf('us-ascii'))) ?? charsetOfType(contentType) ?? 'ISO-8859-1';
  const fields = pairsIn(bytes, decoderOf(charset));
  const byName = new Map(fields.toReversed().map(([name, value]) => [name.toLowerCase(), value]));
  return { fields, charset, get: (name) => byName.get(name.toLowerCase()) };
}

/** The fields of an encoded form: `a=1&b=2%20x`. A plus is a blank; a percent sign that begins no byte stays. */
export function formFieldsIn(text: string, charset: string): FormFields {
  return pairsIn(Buffer.from(text, 'utf8'), decoderOf(charset));
}

function charsetIn(fields: FormFields): string | undefined {
  const told = fields.find(([name]) => name.toLowerCase() === 'http_content_charset')?.[1].trim();
  return told === '' ? undefined : told;
}

function charsetOfType(contentType = ''): string | undefined {
  return /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType.slice(0, 1_000))?.[1];
}

/** In browsers, and so here, ISO-8859-1 is what Windows makes of it (code page 1252). */
function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset);
  } catch (cause) {
    throw ociErrors.WB_OCI_BAD_CALL(`The call is in "${charset.slice(0, 40)}", which is no encoding that is known here.`, { cause });
  }
}

function pairsIn(bytes: Uint8Array, decoder: InstanceType<typeof TextDecoder>): FormFields {
  const fields: (readonly [string, string])[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const next = bytes.indexOf(0x26, from);
    const end = next < 0 ? bytes.length : next;
    if (end > from) fields.push(pairIn(bytes.subarray(from, end), decoder));
    if (fields.length > mostFields) throw ociErrors.WB_OCI_BAD_CALL(`The call has more than ${mostFields} fields.`);
    from = end + 1;
  }
  return fields;
}

function pairIn(bytes: Uint8Array, decoder: InstanceType<typeof TextDecoder>): readonly [string, string] {
  const equals = bytes.indexOf(0x3d);
  const [name, value] = equals < 0 ? [bytes, bytes.subarray(bytes.length)] : [bytes.subarray(0, equals), bytes.subarray(equals + 1)];
  return [decoder.decode(unescaped(name)), decoder.decode(unescaped(value))];
}

function unescaped(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    const escaped = byte === 0x25 ? byteAt(bytes, at + 1) : undefined;
    result[length] = byte === 0x2b ? 0x20 : (escaped ?? byte);
    length += 1;
    if (escaped !== undefined) at += 2;
  }
  return result.subarray(0, length);
}

/** The byte that two hex digits stand for. */
function byteAt(bytes: Uint8Array, at: number): number | undefined {
  const [high, low] = [hexDigit(bytes[at]), hexDigit(bytes[at + 1])];
  return high === undefined || low === undefined ? undefined : high * 16 + low;
}

function hexDigit(byte: number | undefined): number | undefined {
  if (byte === undefined) return undefined;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}
