/** How much is looked at, in bytes. */
const beginning = 4_096;

/** What a message is that no pack knows, as far as its beginning shows, in a sentence for people. Nothing that stands in it is shown but the name of its root element. */
export function looksLike(body: Uint8Array): string {
  if (body.length === 0) return 'It is empty.';
  // In UTF-16, too, every second byte of markup is one of ASCII.
  const text = Buffer.from(body.subarray(0, beginning))
    .toString('latin1')
    .replaceAll('\0', '')
    .replaceAll(/<!--.*?-->/gs, '');
  const root = /<([A-Za-z_][\w.:-]{0,99})/.exec(text)?.[1];
  if (root !== undefined) return `Its root element is <${root}>.`;
  return /^[^\w<]*[{[]/.test(text) ? 'It looks like JSON.' : 'It is neither XML nor JSON.';
}
