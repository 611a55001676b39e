import type { CatalogPublished } from '@waybill/commerce';
import type { Draft } from '@waybill/contract';
import { contentIdOfCatalog, writeMultipart } from '@waybill/cxml';

/** A catalog goes out as an attachment of its document, which names it by `cid:` (reference/procurement-messages.md, section 3.11). */
export function withCatalogFile(document: string, { file }: CatalogPublished): Pick<Draft, 'body' | 'contentType'> {
  const { name, contentType, content } = file;
  const catalog = contentIdOfCatalog(file);
  return writeMultipart([
    { contentId: `document.${catalog}`, contentType: 'text/xml; charset=utf-8', content: document },
    { contentId: catalog, contentType, name, content: Buffer.from(content, 'base64') },
  ]);
}
