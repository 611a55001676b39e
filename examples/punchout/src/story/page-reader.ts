/** A form of a page: where it posts to, and what is in it. */
export interface PageForm {
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** A page as the story reads it. */
export interface ReadPage {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly forms: readonly PageForm[];
}

/** Gets a page as a browser without cookies and scripts would, redirects followed. `fields`: posts them. */
export async function readPage(url: string, fields?: PageForm['fields']): Promise<ReadPage> {
  const body = fields && new URLSearchParams(fields.map(([name, value]) => [name, value.replaceAll(/\r?\n/g, '\r\n')]));
  const response = await fetch(url, body ? { method: 'POST', body } : {});
  const text = await response.text();
  return { url: response.url, status: response.status, text, forms: formsIn(text, response.url) };
}

/** The form whose action holds these words. Throws where the page has none. */
export function formTo(page: ReadPage, words: string): PageForm {
  const form = page.forms.find(({ action }) => action.includes(words));
  if (!form) throw new Error(`The page ${page.url} (${page.status}) has no form to ${words}.`);
  return form;
}

function formsIn(text: string, base: string): readonly PageForm[] {
  return [...text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', content = '']) => ({
    action: new URL(attributeOf(attributes, 'action') ?? '', base).href,
    fields: [...content.matchAll(/<input\b([^>]*)>/g)].flatMap(([, own = '']) => {
      const name = attributeOf(own, 'name');
      return name === undefined ? [] : [[name, attributeOf(own, 'value') ?? ''] as const];
    }),
  }));
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#10': '\n',
  '#13': '\r',
  '#9': '\t',
};

function attributeOf(attributes: string, name: string): string | undefined {
  const [, value] = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes) ?? [];
  return value?.replaceAll(/&([a-z]+|#\d+);/g, (whole, entity: string) => entities[entity] ?? whole);
}
