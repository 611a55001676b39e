/** The name under which the journal keeps replies that are sent through an inbound entry; no entry of a manifest can have it. */
export function repliesOf(entry: string): string {
  return `replies:${entry}`;
}
