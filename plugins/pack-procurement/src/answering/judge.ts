import { isWaybillError, type Judgement, type MessageTypeRef, type ReadableMessage } from '@waybill/contract';
import { judgeAnswer } from '@waybill/cxml';
import type { Writing } from '../options.ts';
import { textOf } from '../reading/text-of.ts';

/** What the answer of a partner means: its cXML status first, then whether it is cXML at all (reference/procurement-messages.md, section 3.3). */
export function judge(_type: MessageTypeRef, answer: ReadableMessage, { sender }: Writing): Judgement {
  const { 'http-status': status } = answer.properties;
  const secrets = sender?.secret === undefined ? [] : [sender.secret];
  return judgeAnswer(readable(answer), { http: status === undefined ? undefined : Number(status), secrets });
}

/** What is no text in its encoding is no document either, and the sign for that cannot begin one. */
function readable(answer: ReadableMessage): string {
  try {
    return textOf(answer);
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    return '\uFFFD';
  }
}
