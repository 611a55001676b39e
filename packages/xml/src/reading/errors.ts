import { defineErrors, MessageError } from '@waybill/contract';

/** The error codes of documents that cannot be read, whatever message is in them. They are final: the same bytes are refused again. */
export const documentErrors = defineErrors(
  {
    WB_XML_NOT_WELL_FORMED: {
      means: 'The document breaks a rule of XML itself: it is truncated, tags do not match, an entity is unknown, and the like.',
      remedy: 'Have the sender repair what produces the document; the place of the fault is in the error.',
      kind: 'unreadable',
    },
    WB_XML_INTERNAL_SUBSET: {
      means: 'The DOCTYPE has an internal subset, in square brackets. Waybill never reads one, because it can define entities.',
      remedy: 'Have the sender leave it out. A DOCTYPE that names a DTD is fine; the DTD is never fetched.',
      kind: 'unreadable',
    },
    WB_XML_ENCODING: {
      means: 'The document is, or says that it is, in another encoding than UTF-8.',
      remedy: 'Have the sender write UTF-8 and say so in the XML declaration, or leave the encoding out of it.',
      kind: 'unreadable',
    },
    WB_XML_INVALID_UTF8: {
      means: 'The document has bytes that are not UTF-8, usually because it was written in another encoding without saying so.',
      remedy: 'Have the sender write UTF-8; the place of the first wrong byte is in the error.',
      kind: 'unreadable',
    },
    WB_XML_VERSION: {
      means: 'The XML declaration names a version of XML other than 1.0.',
      remedy: 'Have the sender write version="1.0".',
      kind: 'unreadable',
    },
    WB_XML_TOO_LARGE: {
      means: 'The document has more bytes than the limit allows.',
      remedy: 'Split the document, or raise the limit "bytes", which an inbound entry can set for its message pack.',
      kind: 'unreadable',
    },
    WB_XML_TOO_DEEP: {
      means: 'Elements are nested more deeply than the limit allows.',
      remedy:
        'Check what produced the document; messages are rarely deeper than 15. If it is right, raise the limit "depth", which an inbound entry can set for its message pack.',
      kind: 'unreadable',
    },
    WB_XML_TOO_MANY_ELEMENTS: {
      means: 'The document has more elements than the limit allows.',
      remedy: 'Split the document, or raise the limit "elements", which an inbound entry can set for its message pack.',
      kind: 'unreadable',
    },
    WB_XML_TOO_MANY_ATTRIBUTES: {
      means: 'An element has more attributes than the limit allows.',
      remedy:
        'Check what produced the document. If it is right, raise the limit "attributes", which an inbound entry can set for its message pack.',
      kind: 'unreadable',
    },
    WB_XML_ATTRIBUTE_TOO_LONG: {
      means: 'The value of an attribute is longer than the limit allows.',
      remedy:
        'Check what produced the document. If it is right, raise the limit "attributeLength", which an inbound entry can set for its message pack.',
      kind: 'unreadable',
    },
    WB_XML_TEXT_TOO_LONG: {
      means: 'The text of an element, or a comment, an instruction or a tag, is longer than the limit allows.',
      remedy:
        'Check what produced the document. If it is right, raise the limit "textLength", which an inbound entry can set for its message pack.',
      kind: 'unreadable',
    },
  },
  MessageError,
);

export type DocumentErrorCode = keyof typeof documentErrors;
