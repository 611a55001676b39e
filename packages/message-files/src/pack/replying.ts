import type { ReplyOutcome } from '@waybill/contract';
import { replaceUnwritable } from '@waybill/xml';

/** What a reply is made from: what the handler answered with. */
export function outputData(output: unknown): unknown {
  return output ?? {};
}

/** What an error reply is made from. A text of an error can hold what a document cannot. */
export function errorData({ error, read }: Extract<ReplyOutcome, { readonly ok: false }>): object {
  const { code, message, at, hint } = error;
  const texts = { code, message, at, hint, command: read?.command };
  return Object.fromEntries(Object.entries(texts).flatMap(([key, text]) => (text === undefined ? [] : [[key, replaceUnwritable(text)]])));
}
