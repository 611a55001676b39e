import type { CxmlAnswer, CxmlStatus } from '@waybill/cxml';
import { fieldsIn } from '../writing/fields.ts';

/** What a handler answered says of its document. An order is done with, or reported on later: whoever says 201 owes a StatusUpdateRequest. */
export function statusFor(name: string, output: unknown): CxmlStatus {
  if (name !== 'OrderRequest') return { code: 200, text: 'OK' };
  const { state, note } = fieldsIn(output);
  const detail = typeof note === 'string' ? { detail: note } : {};
  return state === 'queued' ? { code: 201, text: 'Accepted', ...detail } : { code: 200, text: 'OK', ...detail };
}

/** What stands in the response beside its status. */
export function contentOf(name: string, output: unknown): CxmlAnswer['content'] {
  switch (name) {
    case 'ProfileRequest':
      return { type: 'ProfileResponse', input: fieldsIn(output) };
    case 'PunchOutSetupRequest':
      return { type: 'PunchOutSetupResponse', input: fieldsIn(output) };
    default:
      return undefined;
  }
}
