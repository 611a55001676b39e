import { errors } from '../errors.ts';

export interface MediaType {
  /** In lower case: `text/plain`. */
  readonly type: string;
  readonly charset: string | undefined;
}

const form = /^\s*([A-Za-z0-9!#$&^_.+-]{1,80}\/[A-Za-z0-9!#$&^_.+-]{1,80})\s*(;.*)?$/s;
const charsetForm = /;\s*charset\s*=\s*(?:"([A-Za-z0-9_.:+-]{1,40})"|([A-Za-z0-9_.:+-]{1,40}))\s*(?:;|$)/i;

/** Type and charset; other parameters are not looked at. Without one, or with one that is none: bytes of which nothing is known. */
export function mediaTypeOf(contentType: string | undefined): MediaType {
  const [, type, rest = ''] = form.exec((contentType ?? '').slice(0, 1_000)) ?? [];
  const [, quoted, plain] = charsetForm.exec(rest) ?? [];
  return { type: type?.toLowerCase() ?? 'application/octet-stream', charset: quoted ?? plain };
}

/**
 * What an attachment says it is. Only a text says its charset: a document in XML tells it itself, and what a header says beside that
 * may be untrue one day (RFC 7303, section 3.2). Throws for what would have to be written as more than bytes.
 */
export function attachedTypeOf(contentType: string | undefined, where: string): string {
  if (contentType !== undefined && !form.test(contentType))
    throw errors.WB_EMAIL_HEADER(`${where} has a content type that is none.`, { at: where, hint: 'Such as "application/pdf".' });
  const { type, charset } = mediaTypeOf(contentType);
  if (/^(multipart|message)\//.test(type))
    throw errors.WB_EMAIL_HEADER(`${where} is of the type ${type}, which cannot be attached as bytes.`, {
      at: where,
      hint: 'Attach it as application/octet-stream.',
    });
  const saysCharset = charset !== undefined && type.startsWith('text/') && type !== 'text/xml';
  return saysCharset ? `${type}; charset=${charset.toLowerCase()}` : type;
}

const endings: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/calendar': 'ics',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
};

/** What files of this type are usually called by, without the dot; `bin` where nobody knows. */
export function endingOf(type: string): string {
  const plain = type.replace(/;.*$/s, '');
  return endings[plain] ?? /\+(xml|json|zip)$/.exec(plain)?.[1] ?? 'bin';
}
