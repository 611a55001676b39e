const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // A browser makes line feeds of both; written so, a field comes back as it was.
  '\r': '&#13;',
  '\n': '&#10;',
};

/** A text as it stands in HTML, in an element or in quotes. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"'\r\n]/g, (character) => escapes[character] ?? character);
}
