import type { CatalogPublished } from '@waybill/commerce';
import type { Draft } from '@waybill/contract';
import { writeMultipart } from '@waybill/cxml';
import type { Fields } from './fields.ts';

/** A catalog goes out as an attachment of its document, which names it by `cid:` (reference/procurement-messages.md, section 3.11). */
export function withCatalogFile(data: CatalogPublished, payloadId: string, write: (said: Fields) => string): Pick<Draft, 'body' | 'contentType'> {
  const { name, contentType, content } = data.file;
  const id = (what: string) => `${what}.${payloadId.replaceAll(/[^!-;=?-~]/g, '-')}`;
  return writeMultipart([
    { contentId: id('document'), contentType: 'text/xml; charset=utf-8', content: write({ ...data, cid: id('catalog') }) },
    { contentId: id('catalog'), contentType, name, content: Buffer.from(content, 'base64') },
  ]);
}
