import { orderCreated, releaseShipped } from '@waybill/commerce';
import { defineNotifications } from '@waybill/templates';

/** What customers and the administrator of the store are told. The names are those of reference/messaging-architecture.md, section 7.1. */
export default defineNotifications({
  name: 'notifications',
  summary: 'What customers and the administrator of the store are told, in English and German.',
  folder: new URL('templates/', import.meta.url),
  language: 'en',
  messages: [
    {
      name: 'OrderReceived',
      version: '1.0',
      summary: 'Thanks a customer for an order.',
      event: orderCreated,
      to: ['billTo.contact.email1', 'billTo.contact.email2'],
      language: ({ billTo }) => languageIn(billTo?.address.country),
      thread: 'orderId',
    },
    {
      name: 'ReleaseShipNotify',
      version: '1.0',
      summary: 'Tells a customer that a parcel is on its way.',
      event: releaseShipped,
      to: 'customer.email',
      language: ({ shipTo }) => languageIn(shipTo.country),
      thread: 'orderId',
    },
    // The outbound entry says who the administrator is.
    {
      name: 'MerchantOrderNotify',
      version: '1.0',
      summary: 'Tells the administrator of a new order.',
      event: orderCreated,
      thread: 'orderId',
    },
  ],
});

/** @type {Readonly<Record<string, string>>} */
const germanSpeaking = { DE: 'de', AT: 'de-AT', CH: 'de-CH' };

/**
 * The events do not say which language a customer speaks; the country is the best guess. Undefined leaves it to the store.
 * @param {string | undefined} country
 */
function languageIn(country) {
  return country === undefined ? undefined : germanSpeaking[country];
}
