/** One parameter of a content type, with a quoted or a bare value. */
const parameter = /;[ \t]*([^\s;="]+)[ \t]*=[ \t]*(?:"((?:\\.|[^"\\])*)"|([^;]*))/g;

/**
 * The value of the charset parameter, unquoted; undefined when there is none or it is empty. Other parameters may hold anything in quotes.
 * Quotes that are none there (`'utf-8'`) are dropped, since they occur.
 */
export function charsetOf(contentType: string): string | undefined {
  for (const [, name, quoted, bare] of contentType.matchAll(parameter)) {
    if (name?.toLowerCase() !== 'charset') continue;
    const value = (quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '').replaceAll(/^[\s']+|[\s']+$/g, '');
    return value === '' ? undefined : value;
  }
  return undefined;
}
