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
      means: 'A message names an order by its number at the back end only, and several orders have this number.',
      remedy: 'Send the id of the order in the store, too.',
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
    WB_STORE_CUSTOMER_EXISTS: {
      means: 'A customer with this logon id is registered already.',
      remedy: 'Choose another logon id.',
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
