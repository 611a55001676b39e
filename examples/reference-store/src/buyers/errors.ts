import { CommandError, defineErrors } from '@waybill/contract';

/** Every way in which the store refuses an order of a buyer that the book has taken. All are final. */
export const buyerErrors = defineErrors(
  {
    WB_STORE_BUYER_UNKNOWN: {
      means: 'A document of a procurement system comes from nobody that the store sells to.',
      remedy: 'Add the buyer under the name that the directory of partners has for it.',
      kind: 'forbidden',
    },
    WB_STORE_BUYER_ORDER: {
      means: 'An order of a buyer cannot become an order of the store: it is in another currency, or its lines go to several addresses.',
      remedy: 'Order in the currency of the store, and place an order for each address.',
    },
    WB_STORE_ORDER_IN_WORK: {
      means: 'A buyer changes or deletes an order that the store is packing or has handed to a distributor. Nothing was changed.',
      remedy: 'Wait until it has shipped, or agree on a return.',
      kind: 'conflict',
    },
  },
  CommandError,
);
