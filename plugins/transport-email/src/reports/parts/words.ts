import { mainBody } from '../../incoming/documents.ts';
import type { Part } from '../../incoming/mail-tree.ts';
import { textIn, undeclaredText } from '../../incoming/parts/charset.ts';

/** What people are told in a report. Reports say it at the start; what stands behind this many bytes is not looked at. */
const longest = 200_000;

/** The text that people read first, with LF for line ends; of HTML what stands between the tags. */
export function wordsOf(mail: Part): string {
  const body = mainBody(mail);
  if (!body?.type.startsWith('text/')) return '';
  const bytes = body.bytes.subarray(0, longest);
  const text = ((body.charset && textIn(bytes, body.charset)) || undeclaredText(bytes)).replaceAll('\r\n', '\n');
  return body.type === 'text/html' ? text.replaceAll(/<[^<>]{0,2000}>/g, '\n') : text;
}

/** What a text says about one address. */
export interface Paragraph {
  readonly address: string;
  /** Where the mail for it went in the end, as an alias says. */
  readonly final?: string | undefined;
  readonly words: string;
}

/**
 * A line that begins with an address, as all systems write it: `<ada@mill.example>: host …`, `  ada@mill.example`, `<ada@mill.example>... Deferred`,
 * `ada@mill.example on Tue, 12 May`. Quoted lines begin with something else.
 */
const entry =
  /^[ \t]{0,12}<?([^\s<>@:,;"()]{1,200}@[^\s<>@:,;"()]{1,255}?)>?(?:(?:[:,;]|\.\.\.|[ \t]+\(|[ \t]+on[ \t]|[ \t]-|[ \t]*$)(.*))$/i;

/** The addresses that a text lists, each with what stands beside and below it, up to an empty line or the next address. */
export function paragraphsIn(text: string): readonly Paragraph[] {
  const found: { address: string; words: string[] }[] = [];
  let open: { address: string; words: string[] } | undefined;
  for (const line of text.split('\n')) {
    const [, address, rest = ''] = line.length > 2_000 ? [] : (entry.exec(line.trimEnd()) ?? []);
    if (address !== undefined) {
      open = { address, words: [rest] };
      found.push(open);
    } else if (line.trim() === '') open = undefined;
    else open?.words.push(line.slice(0, 2_000));
    if (found.length > mostParagraphs) break;
  }
  return found.map(({ address, words }) =>
    aliased({
      address,
      words: words
        .map((each) => each.trim())
        .join(' ')
        .trim(),
    }),
  );
}

/** Exim names the address that failed, and behind it the one that was written to: `(generated from team@mill.example)`. */
function aliased(paragraph: Paragraph): Paragraph {
  const alias = /^\((?:ultimately )?generated from ([^\s<>()]{1,500}@[^\s<>()]{1,255})\)/i.exec(paragraph.words)?.[1];
  return alias === undefined ? paragraph : { ...paragraph, address: alias, final: paragraph.address };
}

const mostParagraphs = 5_000;

/** Finds what a text says about an address, the one that was written to or the one that it became; undefined where it does not name it. */
export function paragraphsByAddress(text: string): (address: string) => Paragraph | undefined {
  let found: Map<string, Paragraph> | undefined;
  return (address) => {
    found ??= byAddress(paragraphsIn(text));
    return found.get(address.toLowerCase());
  };
}

/** The first of an address counts. */
function byAddress(paragraphs: readonly Paragraph[]): Map<string, Paragraph> {
  const found = new Map<string, Paragraph>();
  for (const each of paragraphs) {
    for (const address of [each.address.toLowerCase(), each.final?.toLowerCase()])
      if (address && !found.has(address)) found.set(address, each);
  }
  return found;
}
