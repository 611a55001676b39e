import type { BatchAvailabilityInput, QuotationInput, TransferInput } from '@waybill/commerce';
import type { Store } from '../../src/store.ts';

// What the samples in reference/samples/fulfillment say of distributors, as their commands' input, and the requests that they answer.

const lamp = { globalId: 'HP-LAMP-02', distributorIds: ['NL-7702'] };

/** Asks the distributor of the samples for everything; the requests are 90117 to 90119. */
export function askDistributor(store: Store): void {
  const about = { orderId: '12011', distributorId: 'NLD' };
  store.requestQuotation(about);
  store.requestTransfer(about);
  store.requestBatchAvailability({ storeId: '10151', distributorId: 'NLD', partNumbers: ['HP-ROPE-10'] });
}

/** Update_WCS_PriceAndAvailability.xml */
export const quotation = {
  requestId: '90117',
  distributorId: 'NLD',
  lines: [
    {
      product: lamp,
      lineNumber: '45020',
      quantity: '4',
      sellingPrice: { currency: 'CAD', amount: '57.25' },
      listPrice: { currency: 'CAD', amount: '69.00' },
      condition: '0',
      conditionText: 'Limited stock',
      estimatedDate: '2024-03-18T00:00:00.000000',
      supplierData: 'quote=Q-5531;line=1',
      promotions: ['Free carton inserts in March'],
    },
  ],
  status: { code: '0', flag: '0', text: 'Quotation prepared' },
} satisfies QuotationInput;

/** Update_WCS_ShoppingCartTransfer.xml */
export const transfer = {
  requestId: '90118',
  distributorId: 'NLD',
  orderId: '12011',
  distributorOrderId: 'NLD-CART-33018',
  distributorOrderUrl: 'https://b2b.northline.example/carts/33018',
  status: { code: '0', text: 'Cart accepted' },
} satisfies TransferInput;

/** Update_WCS_BatchAvailability.xml */
export const batch = {
  requestId: '90119',
  distributorId: 'NLD',
  lines: [
    {
      product: { globalId: 'HP-ROPE-10', distributorIds: ['NL-2210'] },
      lineNumber: '1',
      quantity: '380',
      listPrice: { amount: '16.00', currency: 'CAD' },
      condition: '0',
      estimatedDate: '2024-03-16T00:00:00.000000',
    },
  ],
  status: { code: '0', flag: '0' },
} satisfies BatchAvailabilityInput;

/** What an answer says that is no success. */
export const failed = { status: { code: 'E-17', flag: '2' as const, text: 'No stock of this lamp' } };
