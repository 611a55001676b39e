// reference/procurement-messages.md, section 4.

/** How a document goes through a browser. */
export type BrowserFormKind = 'cxml-urlencoded' | 'cxml-base64';

/** The hidden field of a form. */
export interface BrowserFormField {
  readonly name: BrowserFormKind;
  /** Goes into an HTML attribute, escaped as such. */
  readonly value: string;
}

/**
 * The field in which a browser takes a document along. `cxml-urlencoded` is US-ASCII without line ends, which browsers would change: line ends in texts are character references. The browser
 * encodes it for the URL. `cxml-base64` keeps the bytes, in UTF-8.
 */
export function browserForm(document: string, kind: BrowserFormKind): BrowserFormField {
  return { name: kind, value: kind === 'cxml-base64' ? Buffer.from(document, 'utf8').toString('base64') : inOneLine(document) };
}

const piece = /<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<\?[^]*?\?>|<![^>]*>|<[^>]*>|[^<]+/g;

/** The same document in US-ASCII and one line. It is well-formed: what we write, or what was read before. */
function inOneLine(document: string): string {
  const pieces = Array.from(document.matchAll(piece), ([whole, cdata]) => ({ whole, cdata }));
  const written = pieces.map(({ whole, cdata }, index) => {
    if (cdata !== undefined) return ascii(cdata.replace(/[&<>]/g, reference));
    if (whole.startsWith('<!--')) return '';
    if (whole.startsWith('<')) return ascii(whole.replace(/[\r\n\t]+/g, ' '));
    return isBetweenTags(whole, pieces[index - 1]?.whole, pieces[index + 1]?.whole) ? '' : ascii(whole);
  });
  return written.join('');
}

/** White space with a line end between elements, which a printer put there. Between a start tag and its end tag it is a text. */
function isBetweenTags(text: string, before = '<?', behind = '</'): boolean {
  if (/[^ \t\r\n]/.test(text) || !/[\r\n]/.test(text)) return false;
  const isStart = before.startsWith('<') && !/^<[/?!]/.test(before) && !before.endsWith('/>');
  return !(isStart && behind.startsWith('</'));
}

function ascii(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^ -~]/gu, reference);
}

function reference(sign: string): string {
  return `&#${sign.codePointAt(0)};`;
}
