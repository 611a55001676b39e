/** A header of the form `value; name=text; name="text"`. */
export interface HeaderValue {
  /** In small letters: a media type, a disposition. */
  readonly value: string;
  /** By their name in small letters, as they are written: `filename*` may stand beside `filename`. The first of a name counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const most = 50;

/** Reads such a header. Never throws: what is no parameter is passed over. */
export function readHeaderValue(header: string): HeaderValue {
  const end = header.indexOf(';');
  const value = (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
  const parameters = new Map<string, string>();
  let at = end < 0 ? header.length : end + 1;
  while (at < header.length && parameters.size < most) {
    const equals = header.indexOf('=', at);
    const semicolon = header.indexOf(';', at);
    if (equals < 0) break;
    if (semicolon >= 0 && semicolon < equals) {
      at = semicolon + 1;
      continue;
    }
    const name = header.slice(at, equals).trim().toLowerCase();
    const { text, next } = valueFrom(header, equals + 1);
    if (name !== '' && !parameters.has(name)) parameters.set(name, text);
    at = next;
  }
  return { value, parameters };
}

/** A quoted text, or everything up to the next semicolon, and where the next parameter begins. */
function valueFrom(header: string, from: number): { readonly text: string; readonly next: number } {
  let at = from;
  while (header[at] === ' ' || header[at] === '\t') at += 1;
  if (header[at] !== '"') {
    const end = header.indexOf(';', at);
    return { text: header.slice(at, end < 0 ? header.length : end).trim(), next: end < 0 ? header.length : end + 1 };
  }
  let text = '';
  for (at += 1; at < header.length && header[at] !== '"'; at += 1) {
    if (header[at] === '\\' && at + 1 < header.length) at += 1;
    text += header.charAt(at);
  }
  const end = header.indexOf(';', at);
  return { text, next: end < 0 ? header.length : end + 1 };
}
