import { CommandError, defineErrors } from '@waybill/contract';

/** Every way in which this store refuses or fails a command. All are final unless they say otherwise. */
export const errors = defineErrors(
  {
    WB_STORE_LOCKED: {
      means:
        'Another process held the database of the store for longer than the store waits. Nothing was changed; trying again can succeed.',
      remedy: 'Let only one process write to the database of the store. The message is tried again by itself.',
      kind: 'unavailable',
    },
    WB_STORE_SCHEMA: {
      means: 'The file is the database of another version of this store, or of something else.',
      remedy: 'Name another file, or start with a new one.',
      kind: 'conflict',
    },
    WB_STORE_STORE_UNKNOWN: {
      means: 'No store has this id.',
      remedy: 'Send the id of a store that exists.',
      kind: 'unknown',
    },
    WB_STORE_PRODUCT_UNKNOWN: {
      means: 'The store does not sell such a product, or not in its currency.',
      remedy: 'Check the part number or the catalog entry id, and that it is sold in this store at a price.',
      kind: 'unknown',
    },
    WB_STORE_OUT_OF_STOCK: {
      means: 'There is less of a product than was ordered.',
      remedy: 'Order fewer, or wait for stock.',
      kind: 'conflict',
    },
    WB_STORE_ORDER_UNNAMED: {
      means: 'A message names no order.',
      remedy: 'Send the id of the order in the store, the number at the back end, or both.',
    },
    WB_STORE_ORDER_UNKNOWN: {
      means: 'The order that a message names does not exist.',
      remedy: 'Check the order id; the store knows a number of the back end only after a first status that carried both.',
      kind: 'unknown',
    },
    WB_STORE_ORDER_AMBIGUOUS: {
      means:
        'A message names an order by its number at the back end only, and several orders have this number, or the back end has given it to several.',
      remedy: 'Send the id of the order in the store, too.',
      kind: 'conflict',
    },
    WB_STORE_ORDER_NUMBER_TAKEN: {
      means: 'The number at the back end that an order is given is that of another order. Nothing was changed.',
      remedy:
        'Correct the number, or the id of the order that is sent with it. Where the number has moved, first send a status that gives the other order its new one.',
      kind: 'conflict',
    },
    WB_STORE_ITEM_NUMBER_TAKEN: {
      means: 'The number at the back end that an item is given is that of another item of the same order. Nothing was changed.',
      remedy: 'Correct the number, or the id of the item that is sent with it. Items may exchange their numbers in one message.',
      kind: 'conflict',
    },
    WB_STORE_ORDER_UNWRITABLE: {
      means:
        'An order was to be placed that no message could tell of: with a control character in a text, a number at the merchant that is too long, or a quantity that is no decimal number.',
      remedy: 'Correct what the error names, and place the order again.',
    },
    WB_STORE_FIRST_STATUS_INCOMPLETE: {
      means:
        'The first status of an order has to name the order by both ids, and the first status of an item names it by the id in the store.',
      remedy: 'Send the id in the store and the number at the back end.',
    },
    WB_STORE_ITEM_UNKNOWN: {
      means: 'The order has no such item.',
      remedy: 'Check the item id and the order that it is sent with.',
      kind: 'unknown',
    },
    WB_STORE_ITEMS_INCOMPLETE: {
      means: 'The message says that it speaks of all items of the order (update mode C), but some are missing.',
      remedy: 'Send all items, or use update mode P.',
    },
    WB_STORE_FIELD_NOT_NUMERIC: {
      means: 'The first field of the site in a status is no integer, or the second one no decimal number.',
      remedy: 'Send numbers in the first two fields, or leave them out; the third takes any text.',
    },
    WB_STORE_CUSTOMER_EXISTS: {
      means:
        'A customer with this logon id is registered already, with other data or another password. The same registration once more is accepted.',
      remedy: 'Choose another logon id, or send customer.update where the customer is the same and the data have changed.',
      kind: 'conflict',
    },
    WB_STORE_CUSTOMER_UNKNOWN: {
      means: 'No customer has this id, or the customer has no address.',
      remedy: 'Register the customer first.',
      kind: 'unknown',
    },
    WB_STORE_PASSWORD_MISMATCH: {
      means: 'The password and its repetition differ.',
      remedy: 'Send the same password twice.',
    },
    WB_STORE_INVENTORY_UNKNOWN: {
      means: 'The store keeps no stock of this product in this fulfillment center. No row is made for it.',
      remedy: 'Check the center, or take the product into stock there first.',
      kind: 'unknown',
    },
    WB_STORE_STOCK_NEGATIVE: {
      means: 'A stock level is below zero. A level is what there is, not by how much it changes.',
      remedy: 'Send the level.',
      kind: 'invalid',
    },
    WB_STORE_STOCK_INSUFFICIENT: {
      means: 'The back end can deliver less than was asked for.',
      remedy: 'Ask for fewer, or talk to the customer.',
      kind: 'conflict',
    },
    WB_STORE_CENTER_UNKNOWN: {
      means: 'No fulfillment center has this id.',
      remedy: 'Send the id of a fulfillment center of the store.',
      kind: 'unknown',
    },
    WB_STORE_OWNER_MISSING: {
      means: 'A price names its product by the part number alone.',
      remedy: 'Send the id of the member who owns the product, too, or the catalog entry id.',
    },
    WB_STORE_PRICE_LIST_UNKNOWN: {
      means: 'The owner of the product has no such price list, or no standard one for offers that name none.',
      remedy: 'Check the id of the price list (trading position container), or leave it out.',
      kind: 'unknown',
    },
    WB_STORE_PRICE_NEGATIVE: {
      means: 'A price or a cost is below zero.',
      remedy: 'Send what one piece costs.',
    },
    WB_STORE_PRICE_MISSING: {
      means: 'An offer has no price, and the store knows none in its currency.',
      remedy: 'Send the price.',
    },
    WB_STORE_OFFER_UNKNOWN: {
      means: 'No offer has this id.',
      remedy: 'Check the id, or leave it out and name the product: a new offer is made.',
      kind: 'unknown',
    },
    WB_STORE_OFFER_MISMATCH: {
      means: 'The offer that is named by its id is one of another product or price list than the message says.',
      remedy: 'Send the id of the offer, or the product and the price list, so that they fit.',
      kind: 'conflict',
    },
    WB_STORE_OFFER_RANGE: {
      means:
        'An offer ends before it starts, or its largest quantity is smaller than its smallest. What the message leaves out is what the offer had before.',
      remedy: 'Correct the dates or the quantities.',
    },
    WB_STORE_QUANTITY_NOT_POSITIVE: {
      means: 'A quantity that has to be more than none is not.',
      remedy: 'Send how many there are. To take stock away, send an adjustment.',
    },
    WB_STORE_EXPECTED_TWICE: {
      means: 'A record of expected stock has two details of the same product, center and time.',
      remedy: 'Send one detail with the sum of both quantities.',
    },
    WB_STORE_EXPECTED_UNKNOWN: {
      means: 'A receipt names a detail of expected stock that does not exist.',
      remedy: 'Send the id that the store answered with when the stock was announced, or none: the receipt is then ad hoc.',
      kind: 'unknown',
    },
    WB_STORE_EXPECTED_MISMATCH: {
      means: 'A receipt names a detail of expected stock that is about another product, center or store.',
      remedy: 'Send the id of the detail that has come, or none: the receipt is then ad hoc.',
      kind: 'conflict',
    },
    WB_STORE_EXPECTED_CLOSED: {
      means: 'Everything that was expected under this detail has come already.',
      remedy: 'If more has come, send the receipt without the detail. If it is the same receipt again, do nothing.',
      kind: 'conflict',
    },
    WB_STORE_ADJUSTMENT_CODE_UNKNOWN: {
      means: 'The store has no such adjustment code, or it is marked for deletion.',
      remedy: 'Send the id of a code that the store uses.',
      kind: 'unknown',
    },
    WB_STORE_ADJUSTMENT_TOO_LARGE: {
      means: 'An adjustment takes away more than there is. Nothing was changed.',
      remedy: 'Count again, and send a difference that leaves zero or more.',
      kind: 'conflict',
    },
    WB_STORE_RELEASE_UNKNOWN: {
      means: 'The order has no release of this number.',
      remedy: 'Check the number of the release and the order that it is sent with.',
      kind: 'unknown',
    },
    WB_STORE_RELEASE_NOT_SHIPPABLE: {
      means: 'A shipment is to move a release that has left already, or that is not handed to a fulfillment center yet.',
      remedy: 'To record one more package of a release that has left, send it so that it does not update the release.',
      kind: 'conflict',
    },
    WB_STORE_SHIP_MODE_UNKNOWN: {
      means: 'No ship mode has this id.',
      remedy: 'Send the id of a ship mode of the store.',
      kind: 'unknown',
    },
    WB_STORE_SHIPMENT_TOO_LARGE: {
      means: 'A shipment says that more pieces of an item have left than are left of it in the release.',
      remedy: 'Check which pieces are in the package; those that left before are told already.',
      kind: 'conflict',
    },
    WB_STORE_ITEM_AMBIGUOUS: {
      means: 'A shipment names a product of which the release has several items.',
      remedy: 'Send the id of the item, too.',
      kind: 'conflict',
    },
    WB_STORE_CURRENCY_MISSING: {
      means: 'A quoted price has no currency.',
      remedy: 'Send the currency of each selling price.',
    },
    WB_STORE_REQUEST_UNKNOWN: {
      means: 'An answer of a distributor answers nothing that it was asked.',
      remedy: 'Send the message identifier of the request, and the identifier of the distributor who was asked.',
      kind: 'unknown',
    },
    WB_STORE_REQUEST_ANSWERED: {
      means: 'A distributor answers once more to the transfer of an order.',
      remedy: 'Hand the order over again; each request is answered once.',
      kind: 'conflict',
    },
    WB_STORE_ORDER_NOT_TRANSFERABLE: {
      means: 'An order is to be handed to a distributor that is picked here, is handed over already, or has left.',
      remedy: 'Hand over orders only that are in no release.',
      kind: 'conflict',
    },
    WB_STORE_PICK_BATCH_UNKNOWN: {
      means: 'No pick batch has this id.',
      remedy: 'Check the id of the batch.',
      kind: 'unknown',
    },
    WB_STORE_PICK_BATCH_EMPTY: {
      means: 'No release belongs to this pick batch.',
      remedy: 'Check the id of the batch.',
      kind: 'unknown',
    },
  },
  CommandError,
);
