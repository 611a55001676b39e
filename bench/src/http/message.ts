import { readFileSync } from 'node:fs';

/** The measured message: an order status of 2.7 kB, as a back end sends it. */
export const orderStatus = readFileSync(new URL('./order-status.xml', import.meta.url));
