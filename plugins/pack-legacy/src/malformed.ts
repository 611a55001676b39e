import { isWaybillError } from '@waybill/contract';
import { errors } from './errors.ts';

/**
 * Runs `read`, and tells a fault of the build of a message as such: to records a version number and the length of a value are fields like others
 * (reference/legacy-messages.md, section 1.8).
 */
export function malformed<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!isWaybillError(error) || !isOfBuild(error.code, error.at ?? '')) throw error;
    throw errors.WB_LEGACY_MALFORMED(error.message, { at: error.at, hint: error.hint, cause: error });
  }
}

function isOfBuild(code: string, at: string): boolean {
  return code === 'WB_RECORD_WRONG_CONSTANT' || at.includes('/NC_FieldLength');
}
