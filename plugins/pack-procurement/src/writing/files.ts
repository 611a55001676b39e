import type { CatalogPublished } from '@waybill/commerce';
import type { Draft } from '@waybill/contract';
import { contentIdOfCatalog, type PartToWrite, writeMultipart } from '@waybill/cxml';
import type { Fields } from './fields.ts';

type Written = Pick<Draft, 'body' | 'contentType'>;

const type = 'text/xml; charset=utf-8';

/** A document, with the files that go along: attachments of remarks that it names by `cid:`, and the file of a catalog (reference/procurement-messages.md, section 4). */
export function withFiles(name: string, document: string, data: Fields): Written {
  const files = name === 'CatalogUploadRequest' ? catalogIn(data as unknown as CatalogPublished) : attachmentsIn(data);
  const [first] = files;
  if (first === undefined) return { body: document, contentType: type };
  return writeMultipart([{ contentId: `document.${first.contentId}`, contentType: type, content: document }, ...files]);
}

/** Of a document that was read without its parts, the address is all that is known. */
function catalogIn({ file }: CatalogPublished): readonly PartToWrite[] {
  const { name, contentType, content } = file;
  if (content === '' && /^cid:/i.test(name)) return [];
  return [{ contentId: contentIdOfCatalog(file), contentType, name, content: Buffer.from(content, 'base64') }];
}

function attachmentsIn(value: unknown): readonly PartToWrite[] {
  if (Array.isArray(value)) return value.flatMap(attachmentsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [...partOf(value as Attached), ...Object.values(value).flatMap(attachmentsIn)];
}

interface Attached {
  readonly url?: unknown;
  readonly name?: string;
  readonly contentType?: string;
  readonly content?: unknown;
}

/** What is elsewhere, or was told of without its content, does not go along. */
function partOf({ url, name, contentType = 'application/octet-stream', content }: Attached): readonly PartToWrite[] {
  if (typeof url !== 'string' || typeof content !== 'string' || !/^cid:/i.test(url)) return [];
  return [{ contentId: decodeURIComponent(url.slice('cid:'.length)), contentType, name, content: Buffer.from(content, 'base64') }];
}
