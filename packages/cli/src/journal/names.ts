import type { RowKey } from '@waybill/contract';

/** How many messages are named to people. */
const mostNamed = 10;

/** Messages, a line each; the rest by their number. */
export function namesText(messages: readonly RowKey[], count = messages.length): string {
  const named = messages
    .slice(0, mostNamed)
    .map(({ direction, entry, id }) => `      ${direction === 'in' ? 'inbound ' : 'outbound'} ${entry}  ${id}`);
  return [...named, ...(count > named.length ? [`      and ${count - named.length} more`] : [])].join('\n');
}
