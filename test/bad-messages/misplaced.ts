import { refusedNumber } from './application.ts';
import { anywhere, damaged, type Fault, nowhere } from './fault.ts';
import { customer, inquiry, orderStatus } from './samples.ts';

function unknown(what: string, body: Uint8Array | string): Fault {
  return { what, body, code: 'WB_MESSAGE_UNRECOGNISED', at: nowhere, unanswerable: true };
}

function ofVersion(what: string, body: string): Fault {
  return { what, body, code: 'WB_MESSAGE_VERSION_UNKNOWN', at: /Update_WCS_OrderStatus@version/, unanswerable: true };
}

/** Nothing that a pack knows. */
export const unknownFaults: readonly Fault[] = [
  unknown('an empty body', ''),
  unknown('white space', ' \n '),
  unknown('nothing but NUL bytes', Buffer.alloc(100)),
  unknown('random bytes', Buffer.from('f3a2ff00fe3c3c3c8091b2d4', 'hex')),
  unknown('JSON', '{"order":"12007"}'),
  unknown('an unknown root', '<?xml version="1.0"?>\n<Update_WCS_Weather version="3.0"/>'),
  unknown('100,000 elements in one another below an unknown root', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`),
  unknown('a known name in lower case', orderStatus.replaceAll('Update_WCS_OrderStatus', 'update_wcs_orderstatus')),
  unknown('a document that ends in its first tag', orderStatus.slice(0, orderStatus.indexOf('version="3.0"'))),
  unknown('a truncated declaration', '<?xml version="1.0" enc'),
  ofVersion('an unknown version', damaged(orderStatus, 'version="3.0"', 'version="9.9"')),
  ofVersion('no version', damaged(damaged(orderStatus, /<!DOCTYPE.*>\n/, ''), ' version="3.0"', '')),
  {
    what: 'a message that is only ever sent out',
    body: '<WCS_Error type="GenericSystemError"/>',
    code: 'WB_MESSAGE_NOT_ACCEPTED',
    at: nowhere,
    unanswerable: true,
  },
];

/** Well-made messages that somebody may not send, or that the application refuses. */
export const refusedFaults: readonly Fault[] = [
  { what: 'a wrong password inside', body: damaged(orderStatus, 'kestrel-4410', 'kestrel-4411'), code: 'WB_AUTH_REFUSED', at: nowhere },
  { what: 'an unknown user inside', body: damaged(customer, 'erp_gateway', 'somebody'), code: 'WB_AUTH_REFUSED', at: nowhere },
  {
    what: 'an order that the handler refuses',
    body: damaged(orderStatus, '12007', refusedNumber),
    code: 'WB_TEST_REFUSED',
    at: nowhere,
    byHandler: true,
  },
];

/** An inquiry whose command fails is answered with its own report. */
export const refusedInquiry: Fault = {
  what: 'a batch that the handler refuses',
  body: damaged(inquiry, '71004', refusedNumber),
  code: 'WB_TEST_REFUSED',
  at: nowhere,
  byHandler: true,
};

/** An inquiry that never came as far as its command. */
export const brokenInquiry: Fault = {
  what: 'an inquiry without a batch',
  body: damaged(inquiry, /<WCSPickBatchID>.*<\/WCSPickBatchID>/, ''),
  code: 'WB_XML_MISSING_ELEMENT',
  at: anywhere,
};
