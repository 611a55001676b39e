import { releaseShipped } from '@waybill/commerce';
import { defineNotifications } from '@waybill/templates';

export default defineNotifications({
  name: 'notices',
  summary: 'What customers of the store are told.',
  folder: new URL('templates/', import.meta.url),
  language: 'en',
  messages: [
    {
      name: 'ParcelSent',
      version: '1.0',
      summary: 'Tells a customer that a parcel is on its way.',
      event: releaseShipped,
      to: 'customer.email',
      language: ({ shipTo }) => (shipTo.country === 'DE' ? 'de' : 'en'),
    },
  ],
});
