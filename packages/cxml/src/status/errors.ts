import { defineErrors, MessageError } from '@waybill/contract';

/** One for each status that refuses a document. Readers throw them, and so may a handler that wants a status of its own. */
export const statusErrors = defineErrors(
  {
    WB_CXML_BAD_REQUEST: {
      means: 'A cXML document was read, and what it says cannot be right. The sender is answered with status 400.',
      remedy: 'Have the sender correct what the error names.',
      kind: 'invalid',
    },
    WB_CXML_UNAUTHORIZED: {
      means: 'The credentials in a cXML document are not accepted. The sender is answered with status 401, and not told why.',
      remedy: 'Compare identity, domain and secret of the sender with what is set for the partner.',
      kind: 'forbidden',
    },
    WB_CXML_PAYMENT: {
      means: 'The means of payment in a cXML document is missing or cannot be used. The sender is answered with status 402.',
      remedy: 'Have the buyer send another means of payment.',
      kind: 'invalid',
    },
    WB_CXML_FORBIDDEN: {
      means: 'The sender of a cXML document is known, and may not do this. It is answered with status 403.',
      remedy: 'Allow it in the profile of the partner, or have the sender leave it.',
      kind: 'forbidden',
    },
    WB_CXML_NOT_ACCEPTABLE: {
      means: 'A document is no cXML that can be read. The sender is answered with status 406.',
      remedy: 'Have the sender repair what produces the document.',
      kind: 'unreadable',
    },
    WB_CXML_CONFLICT: {
      means:
        'A cXML document contradicts what is there already, such as an order of the same number. The sender is answered with status 409.',
      remedy: 'Look at what was taken before; the sender may have to send an update.',
      kind: 'conflict',
    },
    WB_CXML_PRECONDITION: {
      means: 'A cXML document builds on something that is not there, such as an earlier session. The sender is answered with status 412.',
      remedy: 'Have the sender begin anew.',
      kind: 'conflict',
    },
    WB_CXML_EXPECTATION: {
      means: 'A cXML document takes something for granted that does not hold. The sender is answered with status 417.',
      remedy: 'Have the sender correct the reference that the error names.',
      kind: 'invalid',
    },
    WB_CXML_NOT_IMPLEMENTED: {
      means: 'A cXML document asks for something that is not done here. The sender is answered with status 450.',
      remedy: 'Send the documents that the answer to a ProfileRequest lists.',
      kind: 'unknown',
    },
    WB_CXML_TOO_LARGE: {
      means: 'A cXML document, or what came with it, is larger than the limit allows. The sender is answered with status 499.',
      remedy: 'Have the sender send less, or raise the limit.',
      kind: 'unreadable',
    },
    WB_CXML_INTERNAL: {
      means: 'Something went wrong on this side. The sender is answered with status 500, and sends again later.',
      remedy: 'Look into the log of this side.',
      kind: 'unavailable',
    },
    WB_CXML_UNAVAILABLE: {
      means: 'What is needed is not there at the moment. The sender is answered with status 560, and sends again later.',
      remedy: 'Wait; the sender tries again by itself.',
      kind: 'unavailable',
    },
  },
  MessageError,
);

/** What the answer of a partner to a document of ours can mean. */
export const answerErrors = defineErrors({
  WB_CXML_REFUSED: {
    means: 'The partner has read a document and does not want it, whatever its HTTP status was. It is not sent again.',
    remedy: 'Correct what the partner names, and have the application send a new document.',
    kind: 'invalid',
  },
  WB_CXML_NOT_NOW: {
    means: 'The partner cannot take a document at the moment.',
    remedy: 'Wait: it is sent again.',
    kind: 'unavailable',
  },
  WB_CXML_NO_ANSWER: {
    means:
      'What the partner answered is no cXML with one Status: an empty body, a page, a damaged document. Nobody can tell that it has taken anything.',
    remedy: 'Check the address, and ask the partner if it goes on. The document is sent again.',
    kind: 'unavailable',
  },
});
