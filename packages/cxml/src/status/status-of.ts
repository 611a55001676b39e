import type { WaybillError } from '@waybill/contract';
import { type CxmlStatus, statusText } from './codes.ts';

/** The codes of errors that have a status of their own. */
const codes: Readonly<Record<string, number>> = {
  WB_CXML_BAD_REQUEST: 400,
  WB_CXML_UNAUTHORIZED: 401,
  WB_CXML_PAYMENT: 402,
  WB_CXML_FORBIDDEN: 403,
  WB_CXML_NOT_ACCEPTABLE: 406,
  WB_CXML_CONFLICT: 409,
  WB_CXML_PRECONDITION: 412,
  WB_CXML_EXPECTATION: 417,
  WB_CXML_NOT_IMPLEMENTED: 450,
  WB_CXML_TOO_LARGE: 499,
  WB_CXML_INTERNAL: 500,
  WB_CXML_UNAVAILABLE: 560,
  WB_AUTH_REFUSED: 401,
  WB_AUTH_NOT_ALLOWED: 403,
  WB_MESSAGE_UNRECOGNISED: 406,
  WB_COMMAND_UNHANDLED: 450,
  WB_COMMAND_UNKNOWN: 450,
  WB_XML_TOO_LARGE: 499,
  WB_HTTP_TOO_LARGE: 499,
};

/** Of these nobody is told more than the word: why a login failed, and what is broken here. */
const silent = new Set([401, 403]);

const longestDetail = 1_000;

/**
 * The status with which a document is answered that failed. Errors of the status table have the status of their code; others that of their
 * kind, where what may go well later is 560. What an error says is told to the sender only where it speaks of the document.
 */
export function statusOf(error: WaybillError): CxmlStatus {
  const code = codes[error.code] ?? codeOfKind(error);
  const text = statusText(code);
  if (!tells(error, code)) return { code, text };
  const told = error.at === undefined ? error.message : `${error.message} (${error.at})`;
  return { code, text, detail: told.length > longestDetail ? `${told.slice(0, longestDetail)}…` : told, language: 'en' };
}

function codeOfKind({ kind, retryable }: WaybillError): number {
  if (retryable) return 560;
  switch (kind) {
    case 'unreadable':
      return 406;
    case 'forbidden':
      return 403;
    // An unknown part or address is wrong content; what is not done here at all has codes of its own.
    case 'unknown':
    case 'invalid':
      return 400;
    case 'conflict':
      return 409;
    case 'unavailable':
      return 500;
  }
}

function tells({ code: name }: WaybillError, code: number): boolean {
  if (silent.has(code)) return false;
  return code < 500 || name.startsWith('WB_CXML_');
}
