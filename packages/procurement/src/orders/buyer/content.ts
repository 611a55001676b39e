import { createHash } from 'node:crypto';
import type { Comment, PurchaseOrderSubmitInput } from '@waybill/commerce';

/** An order as it may be kept: without the digits of a card but the last four, and without the contents of files. */
export function keptContent(input: PurchaseOrderSubmitInput): PurchaseOrderSubmitInput {
  const { card, comments, lines, ...rest } = input;
  return {
    ...rest,
    ...(card ? { card: { ...card, number: maskedCard(card.number) } } : {}),
    ...(comments ? { comments: comments.map(withoutContents) } : {}),
    lines: lines.map((line) => (line.comments ? { ...line, comments: line.comments.map(withoutContents) } : line)),
  };
}

/** `************1111`. Of what is too short to be a number of a card, nothing is left. */
export function maskedCard(number: string): string {
  const digits = number.replaceAll(/[^0-9]/g, '');
  return '*'.repeat(12) + (digits.length >= 12 ? digits.slice(-4) : '');
}

function withoutContents({ attachments, ...comment }: Comment): Comment {
  return attachments ? { ...comment, attachments: attachments.map(({ content: _content, ...attachment }) => attachment) } : comment;
}

/**
 * What tells two documents apart that have the same payload id. The envelope is left out: a retry may have a new time and come by another program.
 * `withTime`: where payload ids are constant, the time is all that tells an update from the same update of last week.
 * The digits of a card are masked before: of a digest, they could be guessed.
 */
export function digestOf(buyer: string, input: PurchaseOrderSubmitInput, { withTime }: { readonly withTime: boolean }): string {
  const { payloadId: _id, timestamp, parties: _parties, card, ...content } = input;
  const masked = card && { ...card, number: maskedCard(card.number) };
  const told = JSON.stringify({ buyer, ...(withTime ? { timestamp } : {}), card: masked, ...content }, inOrder);
  return createHash('sha256').update(told).digest('hex');
}

/** Members in the order of their names: two readers may give them in two orders. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
