import { createHash } from 'node:crypto';
import type { CatalogPublished } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { flag, oneOf, Problem } from '@waybill/values';
import { defineDocument, type EventContent } from '../envelope/definition.ts';
import { cidOf } from '../multipart/attachment-of.ts';
import { languageOfDocument } from '../parts/description.ts';
import { id, words } from '../parts/texts.ts';
import { asEmail, email } from '../parts/web.ts';

type Published = EventContent<CatalogPublished>;

interface WireCatalog extends Omit<Published, 'file' | 'name' | 'description'> {
  name?: string;
  description?: string;
  url: string;
}

const c = mapping<WireCatalog>();
const truth = flag({ yes: 'true', no: 'false' });

const nodes = (): Nodes<WireCatalog> => [
  c.leaf('@operation', 'operation', oneOf('new', 'update')),
  c.group('CatalogName', [
    c.leaf('@xml:lang?', 'language', words('en-US'), { inherits: 'language' }),
    c.leaf('.?', 'name', words('Harbor Pine punch-out catalog')),
  ]),
  c.group('Description', [languageOfDocument(), c.leaf('.?', 'description', words('Level 2 punch-out index'))]),
  c.group('Attachment', [c.group('URL', [ignored('@name?'), c.leaf('.', 'url', id('cid:index-20260920@shop.harborpine.example'))])]),
  c.group('AutoPublish?', [c.leaf('@enabled', 'publish', truth)]),
  c.group('Notification', [c.turned('Email?', 'notify', asEmail, email())]),
];

/** The file itself goes beside the document; read alone, the document knows its address only, which is then its name. */
const asPublished: Conversion<WireCatalog, Published> = {
  read: ({ url, name = '', description = '', ...rest }) => ({
    ...rest,
    name,
    description,
    file: { name: url, contentType: 'application/octet-stream', content: '' },
  }),
  write: ({ file, ...rest }) => {
    if (typeof file?.content !== 'string') return new Problem('has no file');
    const url = file.content === '' && /^cid:/i.test(file.name) ? file.name : cidOf(contentIdOfCatalog(file));
    return { ...rest, url };
  },
};

/** The id of the part that holds the file of a catalog, for `writeMultipart`. It follows from the file, so that a second attempt names the same. */
export function contentIdOfCatalog({ name, content }: Pick<Published['file'], 'name' | 'content'>): string {
  return `${createHash('sha256')
    .update(JSON.stringify([name, content]))
    .digest('hex')
    .slice(0, 32)}@catalog`;
}

/** reference/procurement-messages.md, section 3.11. */
export const catalogUploadRequest = defineDocument<Published, WireCatalog>({
  kind: 'request',
  type: 'CatalogUploadRequest',
  module: 'cXML',
  summary: 'The supplier has a new catalog for a buyer.',
  holds: 'event',
  nodes,
  converts: asPublished,
});
