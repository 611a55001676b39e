import type { ComposeContext, Draft, MessageTypeRef, ReplyOutcome, WaybillError } from '@waybill/contract';
import { type CxmlAnswer, type CxmlStatus, statusOf, writeResponse } from '@waybill/cxml';
import { typeOf } from '../catalogue.ts';
import type { Options } from '../options.ts';
import { type Head, headOf } from '../writing/head.ts';
import { shaped } from '../writing/shaped.ts';
import { contentOf, statusFor } from './answers.ts';

const contentType = 'text/xml; charset=utf-8';

/**
 * Every document is answered with a document: with what its command answers, or with a status that says why not. Why somebody was not let in, nobody is told
 * (reference/procurement-messages.md, sections 3.3 and 5).
 */
export function reply(ref: MessageTypeRef, outcome: ReplyOutcome, context: ComposeContext<Options>): Draft | undefined {
  const { name, reply: own } = typeOf(ref);
  if (own === undefined) return undefined;
  if (!outcome.ok) return refusal(outcome.error, context);
  const { output } = outcome;
  const body = shaped(name, () => responseWith(headOf(context), statusFor(name, output), contentOf(name, output)));
  return { body, contentType, type: own.name };
}

/** What nobody could read is answered with a document all the same: a sender takes everything else for a fault of the way, and sends it again for hours. */
export function replyToUnknown(error: WaybillError, context: ComposeContext<Options>): Draft {
  return refusal(error, context);
}

function refusal(error: WaybillError, context: ComposeContext<Options>): Draft {
  return { body: responseWith(headOf(context), statusOf(error)), contentType, type: 'Response' };
}

function responseWith(head: Head, status: CxmlStatus, content?: CxmlAnswer['content']): string {
  return writeResponse({ ...head, status, content });
}
