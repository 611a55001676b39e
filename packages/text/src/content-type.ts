/** One parameter of a content type, with a quoted or a bare value. */
const parameter = /;[ \t]*([^\s;="]+)[ \t]*=[ \t]*(?:"((?:\\.|[^"\\])*)"|([^;]*))/g;

/** What was found in recent content types, because most senders always send the same one. */
const found = new Map<string, string | undefined>();
const mostFound = 100;
const longestKept = 200;

/**
 * The value of the charset parameter, unquoted; undefined when there is none or it is empty. Other parameters may hold anything in quotes.
 * Single quotes mean nothing there (`'utf-8'`), but some senders write them: they are dropped.
 */
export function charsetOf(contentType: string): string | undefined {
  const known = found.get(contentType);
  if (known !== undefined || found.has(contentType)) return known;
  const charset = findCharset(contentType);
  if (contentType.length > longestKept) return charset;
  if (found.size === mostFound) found.clear();
  found.set(contentType, charset);
  return charset;
}

/** Without blanks and single quotes around it. An expression for those at the end would take the square of those inside. */
function withoutQuotes(value: string): string {
  const begun = value.replace(/^[\s']+/, '');
  let end = begun.length;
  while (end > 0 && /[\s']/.test(begun.charAt(end - 1))) end -= 1;
  return begun.slice(0, end);
}

function findCharset(contentType: string): string | undefined {
  for (const [, name, quoted, bare] of contentType.matchAll(parameter)) {
    if (name?.toLowerCase() !== 'charset') continue;
    const value = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '';
    return withoutQuotes(value) || undefined;
  }
  return undefined;
}
