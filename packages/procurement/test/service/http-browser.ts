/** What came back, after the redirects that a browser follows. */
export interface Shown {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The address that the page has in the end. */
  readonly url: string;
  /** Every address on the way, and what set cookies there. */
  readonly way: readonly { readonly status: number; readonly url: string; readonly setCookie: readonly string[] }[];
}

export interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>> | string;
}

/** A browser without a screen: it follows redirects, and keeps cookies or does not. */
export class HttpBrowser {
  readonly cookies = new Map<string, string>();

  readonly keepsCookies: boolean;

  constructor(keepsCookies = true) {
    this.keepsCookies = keepsCookies;
  }

  async open(address: string, { method, headers = {}, form }: Sending = {}): Promise<Shown> {
    const way: { status: number; url: string; setCookie: string[] }[] = [];
    let [url, verb, body] = [address, method ?? (form === undefined ? 'GET' : 'POST'), form];
    for (let hop = 0; hop < 6; hop += 1) {
      const response = await fetch(url, { method: verb, redirect: 'manual', headers: { ...headers, ...this.#own() }, ...encoded(body) });
      const text = await response.text();
      way.push({ status: response.status, url, setCookie: response.headers.getSetCookie() });
      this.#keep(response.headers.getSetCookie());
      const next = response.headers.get('location');
      if (response.status !== 303 || next === null) return { status: response.status, headers: response.headers, text, url, way };
      [url, verb, body] = [new URL(next, url).href, verb === 'HEAD' ? 'HEAD' : 'GET', undefined];
    }
    throw new Error(`${address} redirects without end`);
  }

  #own(): Record<string, string> {
    return this.cookies.size === 0 ? {} : { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  #keep(lines: readonly string[]): void {
    if (!this.keepsCookies) return;
    for (const line of lines) {
      const [pair = ''] = line.split(';', 1);
      const equals = pair.indexOf('=');
      this.cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
  }
}

function encoded(form: Sending['form']): { body?: string; headers?: Record<string, string> } {
  if (form === undefined) return {};
  return { body: typeof form === 'string' ? form : new URLSearchParams(form).toString() };
}

/** A form of a page, as a browser would post it: the texts are unescaped. */
export interface FoundForm {
  readonly action: string;
  readonly target: string | undefined;
  readonly charset: string | undefined;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

export function formsIn({ text, url }: Pick<Shown, 'text' | 'url'>): readonly FoundForm[] {
  return [...text.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', inside = '']) => ({
    action: new URL(attribute(attributes, 'action') ?? '', url).href,
    target: attribute(attributes, 'target'),
    charset: attribute(attributes, 'accept-charset'),
    fields: [...inside.matchAll(/<input([^>]*)>/g)].map(
      ([, of = '']) => [attribute(of, 'name') ?? '', attribute(of, 'value') ?? ''] as const,
    ),
  }));
}

function attribute(of: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(of)?.[1];
  return found?.replaceAll(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, word: string) =>
    code === undefined ? ({ amp: '&', lt: '<', gt: '>', quot: '"' }[word] ?? '') : String.fromCodePoint(Number(code)),
  );
}
