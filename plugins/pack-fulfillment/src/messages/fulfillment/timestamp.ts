import type { TextType } from '@waybill/values';
import { instant } from '../../parts.ts';

const iso = instant('2024-03-22T10:35:00');

/**
 * A point in time as Java prints a timestamp, `2024-03-22 10:35:00.0`, which is what receivers of the stock answers know
 * (reference/fulfillment-messages.md, section 6.5). Read in every form that dates have.
 */
export const timestamp: TextType<string> = {
  ...iso,
  write: (value) => {
    const text = iso.write(value);
    return typeof text === 'string' ? text.replace('T', ' ').replace(/(\.\d+?)0*$/, '$1') : text;
  },
};
