import { readDocument, writeDocument } from '../../src/index.ts';

const supplier = { domain: 'DUNS', identity: '477001122' };
const buyer = { domain: 'DUNS', identity: '301122330' };
const head = { payloadId: 'd1@kelso.example', timestamp: '2026-11-02T09:00:00+01:00' };

/** What stands in every event. */
export const around = { buyer: 'brackwater', test: false, parties: { from: [supplier], to: [buyer] } };

/** The order that the documents of the tests speak of. */
export const order = { orderId: 'BW-2207', orderPayloadId: '2207.1@buy.brackwater.example' };

export const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** A document of the supplier for an event. */
export function written(type: string, content: object): string {
  return writeDocument(type, { ...around, ...content }, head);
}

/** What of the content comes back. */
export function readBack(type: string, content: object): Record<string, unknown> {
  const { payloadId: _payloadId, ...input } = readDocument(written(type, content), { as: 'event' }).input as Record<string, unknown>;
  return input;
}

/** Why a document cannot be written; undefined where it can. */
export function objection(type: string, content: object): string | undefined {
  try {
    written(type, content);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
  return undefined;
}
