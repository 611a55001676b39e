import { mapping } from '@waybill/mapping';
import { oneOf, text } from '@waybill/values';
import { words } from '../../parts.ts';

// ResponseStatus: reference/fulfillment-messages.md, section 2.6. In a pick list and in the answer to a pick batch it stands in the data
// area, in the other replies inside of what they are about.

/** How the command ended that is answered. */
export interface ResponseStatus {
  readonly status: 'OK' | 'ERROR';
  /** The error code, with ERROR. */
  readonly code?: string | undefined;
  /** What an error says, for people. */
  readonly message?: string | undefined;
}

const s = mapping<ResponseStatus>();

export const responseStatus = () =>
  s.group(
    'ResponseStatus',
    [
      s.leaf('@status', 'status', oneOf('OK', 'ERROR')),
      s.leaf('@code?', 'code', words('WB_…'), { onlyIf: ['status', 'ERROR'], about: 'with ERROR' }),
      s.leaf('.?', 'message', text({ example: '' })),
    ],
    { about: 'how the command ended; the text says why it failed' },
  );
