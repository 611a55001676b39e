/** Text that is HTML already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: texts and numbers are escaped, nothing is left out. */
export type Insert = string | number | Markup | readonly Markup[] | undefined | false;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** HTML with values in it, each escaped: the only way in which what comes from elsewhere gets into a page. For content and for attributes in quotes. */
export function markup(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return new Markup(parts.map((part, place) => part + textOf(inserts[place])).join(''));
}

function textOf(insert: Insert): string {
  if (insert === undefined || insert === false) return '';
  if (insert instanceof Markup) return insert.text;
  if (typeof insert === 'object') return insert.map(({ text }) => text).join('');
  // Of the control characters a browser shows none; a NUL would end the text for some tools.
  return String(insert)
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
    .replaceAll('\0', '\uFFFD');
}
