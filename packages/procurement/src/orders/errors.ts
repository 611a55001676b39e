import { CommandError, defineErrors } from '@waybill/contract';

/** Every way in which the book of orders refuses a document of a buyer, or a step of the supplier. All are final. */
export const bookErrors = defineErrors(
  {
    WB_BOOK_DOCUMENT_CHANGED: {
      means: 'A document has the payload id of another one, and says something else. Nothing was done.',
      remedy: 'Give every document an id of its own. Where the system of the buyer cannot, say in its profile that they are constant.',
      kind: 'conflict',
    },
    WB_BOOK_ORDER_KNOWN: {
      means: 'A new order has the number of one that the buyer has placed before. Nothing was placed.',
      remedy: 'Change an order by a document of type update that names the newest document of the order, or use another number.',
      kind: 'conflict',
    },
    WB_BOOK_ORDER_UNKNOWN: {
      means: 'An order is spoken of that the book does not have.',
      remedy: 'Check the number of the order, the buyer, and whether one of the two speaks of a test.',
      kind: 'conflict',
    },
    WB_BOOK_ORDER_SUPERSEDED: {
      means:
        'An update or a delete does not name the newest document of its order: it knows nothing of what has changed since. Nothing was changed.',
      remedy:
        'Send it once more with a DocumentReference to the newest document. Where the system of the buyer sends none, its profile can allow that.',
      kind: 'conflict',
    },
    WB_BOOK_ORDER_CLOSED: {
      means: 'The buyer has deleted the order, the supplier has refused it, or the order is held for a person.',
      remedy: 'Look at the state of the order. One that is held has to be approved first.',
      kind: 'conflict',
    },
    WB_BOOK_GOODS_GONE: {
      means: 'An update or a delete takes back what has shipped or is invoiced. Nothing was changed.',
      remedy: 'Leave at least what has shipped, or agree on a return.',
      kind: 'conflict',
    },
    WB_BOOK_LINE: {
      means: 'A line is not in the order, occurs twice, was cancelled or blocked by the buyer, or has no quantity that it could have.',
      remedy: 'Use the line numbers of the newest version of the order, each once.',
    },
    WB_BOOK_QUANTITY: {
      means:
        'Quantities do not add up: the parts of a line are not its whole, or more would be shipped, invoiced or credited than there is.',
      remedy: 'Compare the two figures that the message names with those of the order.',
      kind: 'conflict',
    },
    WB_BOOK_AMOUNT: {
      means: 'Amounts do not add up, have more places than the currency, or exceed a limit.',
      remedy: 'Compare the two figures that the message names.',
    },
    WB_BOOK_CURRENCY: {
      means: 'An amount is in another currency than the order.',
      remedy: 'Write one document in one currency: that of the order.',
    },
    WB_BOOK_AGREEMENT: {
      means: 'A release exceeds the blanket order that it calls off from, lies outside its time, or names none.',
      remedy: 'Raise the limit of the blanket order by an update of it, or place a regular order.',
      kind: 'conflict',
    },
    WB_BOOK_FORM: {
      means:
        'A step has a form that no document may have: a confirmation without the lines that its type needs, a status that its type does not allow.',
      remedy: 'Choose another type, or add what the message says is missing.',
    },
    WB_BOOK_STEP_TAKEN: {
      means:
        'A step that is allowed once has been taken: a line is confirmed, the whole order is, or the id of a shipment or an invoice is used.',
      remedy: 'Update the earlier document where the buyer takes updates, or use another id.',
      kind: 'conflict',
    },
    WB_BOOK_DOCUMENT_UNKNOWN: {
      means: 'A step changes or credits a document that does not exist, or not any more.',
      remedy: 'Check the id of the confirmation, shipment or invoice.',
      kind: 'conflict',
    },
    WB_BOOK_STATUS: {
      means: 'A status cannot be told: the buyer waits for none, a final one has been told, or its code is none for a status.',
      remedy: 'Tell progress by codes from 201 to 299, the end by 200, a refusal by 4xx, and nothing afterwards.',
      kind: 'conflict',
    },
  },
  CommandError,
);
