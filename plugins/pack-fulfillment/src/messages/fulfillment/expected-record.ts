import { type ExpectedDetail, type ExpectedInventoryInput, inventoryExpect, widths } from '@waybill/commerce';
import { mapping } from '@waybill/mapping';
import { bind } from '../../binding.ts';
import { credentials, framed } from '../../envelope.ts';
import { id, instant, partNumber, quantity, words } from '../../parts.ts';
import { type ResponseStatus, responseStatus } from './response-status.ts';

// Create_WCS_ExpectedInventoryRecord 1.0 and Response_WCS_ExpectedInvRecord 1.0: reference/fulfillment-messages.md, sections 6.2 and 6.3.

/** What the answer says of a record: what was asked, and which ids were given. */
export interface ExpectedRecordReply extends ResponseStatus, Partial<Omit<ExpectedInventoryInput, 'details'>> {
  readonly recordId?: string | undefined;
  readonly details?: readonly ExpectedDetailReply[] | undefined;
}

interface ExpectedDetailReply extends Partial<Pick<ExpectedDetail, 'backendId' | 'ownerId' | 'partNumber' | 'fulfillmentCenterId'>> {
  readonly detailId: string;
}

const i = mapping<ExpectedInventoryInput>();
const d = mapping<ExpectedDetail>();
const r = mapping<ExpectedRecordReply>();
const rd = mapping<ExpectedDetailReply>();

const backendId = id('ASN-7712');
const backendDetailId = id('ASN-7712-1');
const storeId = id('10151');
const vendorId = id('20041');
const externalId = id('PO-55190');
const ownerId = id('7000000000000000102');
const centerId = id('11201');
const ordered = instant('2024-03-12T00:00:00');
const forAnswer = { about: 'comes back in the answer' };

const noun = 'WCS_ExpectedInventoryRecord';

const expectedRecord = framed<ExpectedInventoryInput>(
  { verb: 'Create', noun, version: '1.0', command: inventoryExpect.name, control: () => [credentials()] },
  () => [
    i.group('ExpectedInventoryRecord', [
      i.group('RA', [
        i.leaf('BackendRaID?', 'backendId', backendId, forAnswer),
        i.leaf('StoreID', 'storeId', storeId),
        i.leaf('VendorID', 'vendorId', vendorId),
        i.leaf('OrderDate', 'ordered', ordered),
        i.leaf('ExternalID?', 'externalId', externalId, { about: 'such as the number of the purchase order' }),
      ]),
      i.vector('RADetail+', 'details', [
        d.leaf('BackendRaDetailID?', 'backendId', backendDetailId, forAnswer),
        d.leaf('ItemOwnerID', 'ownerId', ownerId, { about: 'the member who owns the product' }),
        d.leaf('ProductSKU', 'partNumber', partNumber),
        d.leaf('FulfillmentCenterID', 'fulfillmentCenterId', centerId),
        d.leaf('ExpectedDate', 'expected', instant('2024-03-22T08:00:00')),
        d.leaf('QuantityOrdered', 'quantity', quantity('120')),
        d.leaf('Comment?', 'comment', words('Pallet of 12 cartons', widths.stockComment)),
      ]),
    ]),
  ],
);

const answer = framed<ExpectedRecordReply>(
  {
    verb: 'Response',
    noun,
    root: 'Response_WCS_ExpectedInvRecord',
    version: '1.0',
    command: inventoryExpect.name,
    control: () => [credentials()],
  },
  () => [
    r.group('ExpectedInventoryRecord', [
      responseStatus(),
      r.group('RA?', [
        r.leaf('BackendRaID?', 'backendId', backendId),
        r.leaf('StoreID?', 'storeId', storeId),
        r.leaf('VendorID?', 'vendorId', vendorId),
        r.leaf('OrderDate?', 'ordered', ordered),
        r.leaf('ExternalID?', 'externalId', externalId),
        r.leaf('WCSRaID?', 'recordId', id('31007'), { about: 'the id of the record in the store, with OK' }),
      ]),
      r.vector(
        'RADetail*',
        'details',
        [
          rd.leaf('BackendRaDetailID?', 'backendId', backendDetailId),
          rd.leaf('ItemOwnerID?', 'ownerId', ownerId),
          rd.leaf('ProductSKU?', 'partNumber', partNumber),
          rd.leaf('FulfillmentCenterID?', 'fulfillmentCenterId', centerId),
          rd.leaf('WCSRaDetailID', 'detailId', id('41011'), { about: 'the id of the detail in the store; a receipt names it' }),
        ],
        { about: 'with OK, in the order of the request' },
      ),
    ]),
  ],
);

const reply = { name: 'Response_WCS_ExpectedInvRecord', version: '1.0' } as const;

export const expectedRecordBindings = [
  bind({
    type: {
      name: 'Create_WCS_ExpectedInventoryRecord',
      version: '1.0',
      direction: 'in',
      commands: [inventoryExpect],
      reply,
      summary: 'Tells which stock is on its way to which center.',
    },
    message: expectedRecord,
    store: (input) => input.storeId,
  }),
  bind({
    type: { ...reply, direction: 'out', summary: 'Answers with the ids of an expected record and its details, or says why there is none.' },
    message: answer,
    store: (said) => said.storeId,
  }),
];
