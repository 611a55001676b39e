import type { RecordErrorCode } from './errors.ts';

/** Why a field cannot be read or a value cannot be written: a clause that completes "The field …". */
export interface Misfit {
  readonly code: RecordErrorCode;
  readonly says: string;
  /** Where in the field the first wrong unit stands, from 0. */
  readonly offset: number;
  readonly hint: string | undefined;
}

export function misfit(code: RecordErrorCode, says: string, offset = 0, hint?: string): Misfit {
  return { code, says, offset, hint };
}

export function badValue(says: string, offset = 0, hint?: string): Misfit {
  return misfit('WB_RECORD_BAD_VALUE', says, offset, hint);
}

export function doesNotFit(says: string, hint?: string): Misfit {
  return misfit('WB_RECORD_DOES_NOT_FIT', says, 0, hint);
}

export function isMisfit(result: string | undefined | Misfit): result is Misfit {
  return typeof result === 'object';
}
