import { withoutEntities } from './entities.ts';
import { PlainLines } from './plain-lines.ts';

/** Elements whose content nobody reads. */
const unread = new Set(['head', 'style', 'script', 'title', 'template', 'noscript', 'svg']);
/** Elements with a line of their own, and those with an empty line around them. */
const lines = new Set([
  'div',
  'tr',
  'li',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'nav',
  'address',
  'center',
  'dt',
  'dd',
  'form',
  'tbody',
  'thead',
  'figure',
]);
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'ul', 'ol', 'dl', 'blockquote', 'pre']);

/** A link whose text is being read. */
interface Link {
  readonly url: string;
  readonly from: number;
}

interface Reading {
  readonly plain: PlainLines;
  link: Link | undefined;
  isPre: boolean;
}

/**
 * What a mail says to somebody whose program shows no HTML: paragraphs, lists, cells, links with their address, texts of images. One walk over the text,
 * whose time grows with its length whatever stands in it; what a browser would not show as a tag is text here as well.
 */
export function textOfHtml(html: string): string {
  const reading: Reading = { plain: new PlainLines(), link: undefined, isPre: false };
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    const end = open === -1 ? html.length : open;
    if (end > at) addText(reading, html.slice(at, end));
    at = open === -1 ? html.length : afterTag(html, open, reading);
  }
  return reading.plain.text();
}

function addText({ plain, isPre }: Reading, text: string): void {
  if (isPre) plain.lines(withoutEntities(text));
  else plain.flow(withoutEntities(text));
}

const tagName = /\/?[A-Za-z][A-Za-z0-9:-]{0,40}/y;

/** Where reading goes on behind what begins at `open`. */
function afterTag(html: string, open: number, reading: Reading): number {
  if (html.startsWith('<!--', open)) return behind(html, '-->', open + 4);
  if (html[open + 1] === '!' || html[open + 1] === '?') return behind(html, '>', open);
  tagName.lastIndex = open + 1;
  const name = tagName.exec(html)?.[0].toLowerCase();
  if (name === undefined) {
    addText(reading, '<');
    return open + 1;
  }
  const end = endOfTag(html, open + 1 + name.length);
  if (name.startsWith('/')) closed(reading, name.slice(1));
  else opened(reading, name, html.slice(open + 1 + name.length, end));
  return unread.has(name) ? endOfUnread(html, name, end) : end + 1;
}

function behind(html: string, what: string, from: number): number {
  const found = html.indexOf(what, from);
  return found === -1 ? html.length : found + what.length;
}

/** The `>` that is not within quotes; where there is none, the text ends within the tag. */
function endOfTag(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at++) {
    const character = html[at] as string;
    if (quote === '' && character === '>') return at;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'") && /[=\s]/.test(html[at - 1] ?? '')) quote = character;
  }
  return html.length;
}

/** An element that does not end hides the rest, as it does in a browser. */
function endOfUnread(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  end.lastIndex = from;
  const found = end.exec(html);
  return found ? behind(html, '>', found.index) : html.length;
}

function opened(reading: Reading, name: string, attributes: string): void {
  const { plain } = reading;
  if (name === 'br') plain.newLine();
  else if (name === 'hr') rule(plain);
  else if (name === 'img') plain.flow(withoutEntities(attribute(attributes, 'alt')));
  else if (name === 'a') reading.link = { url: withoutEntities(attribute(attributes, 'href')), from: plain.length };
  else if (name === 'td' || name === 'th') plain.flow('  ');
  else blockEdge(plain, name);
  if (name === 'li') plain.mark('- ');
  if (name === 'pre') reading.isPre = true;
}

function closed(reading: Reading, name: string): void {
  const { plain, link } = reading;
  if (name === 'a' && link) {
    const isTold = !/^(https?:|mailto:)/i.test(link.url) || plain.since(link.from).includes(link.url.replace(/^mailto:/i, ''));
    if (!isTold) plain.flow(` (${link.url})`);
    reading.link = undefined;
  }
  if (name === 'pre') reading.isPre = false;
  if (name === 'td' || name === 'th') plain.flow('  ');
  blockEdge(plain, name);
}

function blockEdge(plain: PlainLines, name: string): void {
  if (paragraphs.has(name)) plain.break(2);
  else if (lines.has(name)) plain.break(1);
}

function rule(plain: PlainLines): void {
  plain.break(1);
  plain.lines('-'.repeat(40));
  plain.break(1);
}

/** The value of an attribute; '' where it is not there. */
function attribute(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}\\s{0,9}=\\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes.slice(0, 5_000));
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
}
