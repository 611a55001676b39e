import type { DocumentNoteStatusInput, PurchaseOrderProgressed } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { defineDocument, type EventContent } from '../envelope/definition.ts';
import { code } from '../envelope/status-code.ts';
import { extrinsic } from '../parts/extrinsic.ts';
import { money } from '../parts/money.ts';
import { id, present, words, written } from '../parts/texts.ts';
import { statusText } from './codes.ts';

type Noted = Omit<DocumentNoteStatusInput, 'payloadId' | 'timestamp' | 'test' | 'parties'>;
type Progressed = EventContent<PurchaseOrderProgressed>;

interface InvoiceStatus {
  state: string;
  id?: string;
  date?: string;
  paid?: NonNullable<Noted['paid']>;
  remarks?: string[];
}

/** `StatusUpdateRequest`, as it stands on the wire. */
interface WireStatusUpdate extends Pick<Noted, 'code' | 'about' | 'detail'>, Pick<Progressed, 'language' | 'extrinsics'> {
  text?: string;
  invoice?: InvoiceStatus;
  document?: { state: string; remarks?: string[] };
  integration?: { state: string };
}

const u = mapping<WireStatusUpdate>();
const i = mapping<InvoiceStatus>();
const d = mapping<NonNullable<WireStatusUpdate['document']>>();
const n = mapping<NonNullable<WireStatusUpdate['integration']>>();
const r = mapping<{ text?: string }>();

const asRemark: Conversion<{ text?: string }, string> = { read: ({ text }) => text, write: (text) => ({ text }) };
const remark = () => [ignored('@xml:lang?'), ignored('@type?'), r.leaf('.?', 'text', words())];

const invoiceStatus = (): Nodes<InvoiceStatus> => [
  i.leaf('@type', 'state', id('paid')),
  ignored('@paymentNetDueDate?'),
  i.group('InvoiceIDInfo?', [i.leaf('@invoiceID', 'id', id('INV-30177')), i.leaf('@invoiceDate?', 'date', written())]),
  i.group('PartialAmount?', [i.into('Money', 'paid', money())]),
  i.turnedList('Comments*', 'remarks', asRemark, remark()),
];

/** What is in `StatusUpdateRequest`: reference/procurement-messages.md, section 3.11. */
const nodes = (): Nodes<WireStatusUpdate> => [
  u.group('DocumentReference?', [u.leaf('@payloadID', 'about', id('1790000100.4711.100100@buy.larkfield.example'))]),
  u.group('Status', [
    u.leaf('@code', 'code', code),
    u.leaf('@text?', 'text', words('OK')),
    u.leaf('@xml:lang?', 'language', words('en-US')),
    u.leaf('.?', 'detail', words('Order PO-70331 entered as store order 10004711')),
  ]),
  u.perhapsOneOf(
    [u.into('InvoiceStatus', 'invoice', invoiceStatus())],
    [
      u.into('DocumentStatus', 'document', [
        d.leaf('@type', 'state', id('accepted')),
        d.turnedList('Comments*', 'remarks', asRemark, remark()),
      ]),
    ],
    [u.into('IntegrationStatus', 'integration', [n.leaf('@documentStatus', 'state', id('deliverySuccessful'))])],
  ),
  u.vector('Extrinsic*', 'extrinsics', extrinsic()),
];

const invoiceStates = new Set(['processing', 'canceled', 'reconciled', 'rejected', 'paying', 'paid']);
const isOfDelivery = /^(?:delivery|customer)[A-Z]/;

/** What a buyer tells. Why it refuses an invoice stands in remarks: they follow the detail. */
const asNoted: Conversion<WireStatusUpdate, Noted> = {
  read: ({ code: number, about, text, detail, invoice, document, integration }) => {
    const told = [detail, ...(invoice?.remarks ?? []), ...(document?.remarks ?? [])].filter((each) => each !== undefined && each !== '');
    return present({
      about,
      invoiceId: invoice?.id,
      invoiceDate: invoice?.date,
      code: number,
      text: text ?? statusText(number),
      detail: told.length > 0 ? told.join('\n') : undefined,
      state: invoice?.state ?? document?.state ?? integration?.state,
      paid: invoice?.paid,
    }) as Noted;
  },
  write: ({ invoiceId, invoiceDate, state, paid, ...rest }) => {
    const isOfInvoice = (invoiceId ?? paid) !== undefined || (state !== undefined && invoiceStates.has(state));
    if (isOfInvoice && state === undefined) return new Problem('speaks of an invoice and does not say how it stands', 'Give "state".');
    if (rest.about === undefined && invoiceId === undefined)
      return new Problem('does not say of which document it speaks', 'Give "about".');
    if (state === undefined) return rest;
    if (isOfInvoice) return { ...rest, invoice: present({ state, id: invoiceId, date: invoiceDate, paid }) as InvoiceStatus };
    return isOfDelivery.test(state) ? { ...rest, integration: { state } } : { ...rest, document: { state } };
  },
  sound: ({ about = 'p1@shop.example', language: _language, extrinsics: _extrinsics, invoice, document, integration, ...rest }) => ({
    ...rest,
    about,
    ...(invoice && { invoice: { ...invoice, state: 'paid' } }),
    ...(document && { document: { ...document, state: 'accepted' } }),
    ...(integration && { integration: { state: 'deliverySuccessful' } }),
  }),
};

/** What a supplier tells of an order. The number of the order is not on the wire. */
const asProgressed: Conversion<WireStatusUpdate, Progressed> = {
  read: ({ about, code: number, text, detail, language, extrinsics }) =>
    about === undefined
      ? new Problem('does not say of which document it speaks')
      : (present({ about, code: number, text: text ?? statusText(number), detail, language, extrinsics }) as Progressed),
  write: ({ orderId: _orderId, ...rest }) => rest,
  sound: ({ about = 'p1@buy.example', ...rest }) => ({ ...rest, about }),
};

const common = { kind: 'request', type: 'StatusUpdateRequest', module: 'cXML', nodes } as const;

/** As a buyer sends it: reference/procurement-messages.md, section 3.11. */
export const statusUpdateRequest = defineDocument<Noted, WireStatusUpdate>({
  ...common,
  summary: 'A buyer tells what became of a document, such as an invoice.',
  holds: 'command',
  converts: asNoted,
});

/** As a supplier sends it. */
export const statusUpdateSent = defineDocument<Progressed, WireStatusUpdate>({
  ...common,
  summary: 'The supplier tells what became of an order that was taken and not yet worked on when it came.',
  holds: 'event',
  converts: asProgressed,
});
