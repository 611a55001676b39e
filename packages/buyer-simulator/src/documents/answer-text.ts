import { type CxmlStatus, newPayloadId, statusText, timestampOf, writeResponse } from '@waybill/cxml';
import type { BuyerManners } from '../requisitions/manners.ts';

/** What is sent back for a document of a shop. */
export interface SupplierAnswer {
  readonly http: number;
  readonly contentType: string;
  readonly body: string;
  readonly status: string;
}

const cxml = 'text/xml; charset=UTF-8';

/** The answer, as the manners have it; `refusal` where the document is no good. */
export function answerToSupplier(manners: BuyerManners['answer'], refusal: CxmlStatus | undefined): SupplierAnswer {
  if (refusal) return answerWith(200, refusal);
  switch (manners) {
    case 'ok':
      return answerWith(200, of(200));
    case 'queued':
      return answerWith(200, of(201));
    case 'refused':
      return answerWith(200, of(406, 'The buyer has refused it, as it was asked to.'));
    case 'temporary':
      return answerWith(200, of(560, 'Come again later.'));
    case 'http-refused':
      return answerWith(403, of(403));
    case 'http-failing':
      return answerWith(503, of(500));
    case 'invalid':
      return { http: 200, contentType: 'text/html', body: '<html><body>It works!</body></html>', status: 'no cXML' };
  }
}

function of(code: number, detail?: string): CxmlStatus {
  return { code, text: statusText(code), detail };
}

function answerWith(http: number, status: CxmlStatus): SupplierAnswer {
  const now = Date.now();
  const body = writeResponse({ payloadId: newPayloadId('buyer.larkfield.example', now), timestamp: timestampOf(now, 0), status });
  return { http, contentType: cxml, body, status: `${status.code} ${status.text}` };
}
