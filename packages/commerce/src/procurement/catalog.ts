import { defineEvent, personal, type Static, Type } from '@waybill/contract';
import { supplierDocumentKeys } from '../keys/procurement-keys.ts';
import { closed, code, flag, id, optional, text } from '../values/text.ts';
import { head } from './supplier-document.ts';

// reference/procurement-messages.md, section 3.11.

const catalogData = closed(
  {
    ...head,
    name: text('Name of the catalog.'),
    description: text('What is in it.'),
    language: optional(text('Language of name and description.')),
    operation: code('Whether the buyer has it already.', ['new', 'update']),
    publish: optional(flag('Whether the buyer publishes it by itself.')),
    notify: optional(personal(text('E-mail address that is told how it went.'))),
    file: closed(
      {
        name: id('Name of the file.'),
        contentType: id('Media type.'),
        content: Type.String({ description: 'What is in it, in base64.' }),
      },
      'The catalog itself.',
    ),
  },
  'A catalog for a buyer.',
);
export const catalogPublished = defineEvent({
  name: 'catalog.published',
  summary: 'The supplier has a new catalog for a buyer.',
  data: catalogData,
  ...supplierDocumentKeys,
});
export type CatalogPublished = Static<typeof catalogData>;
