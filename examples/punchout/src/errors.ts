import { CommandError, defineErrors } from '@waybill/contract';

export const shopErrors = defineErrors(
  {
    WB_SHOP_PART_UNKNOWN: {
      means: 'A buyer wants to go on with a line of a product that the shop does not sell, or not any more.',
      remedy: 'Take the line out of the requisition, and choose something else in the shop.',
      kind: 'conflict',
    },
    WB_SHOP_QUANTITY: {
      means: 'A line of a cart has a quantity that the shop does not sell: it is not a whole number from 1 to 9,999.',
      remedy: 'Change the quantity of the line.',
    },
  },
  CommandError,
);
