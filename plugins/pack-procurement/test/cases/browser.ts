/** What a browser posts of a hidden field: every line end as CR LF. */
export function posted(value: string): string {
  return value.replaceAll(/\r\n|\r|\n/g, '\r\n');
}

/** What the buyer's system makes of a field: the document in it. */
export function documentIn(name: string, value: string): string {
  return /base64/i.test(name) ? Buffer.from(value, 'base64').toString() : value;
}

export interface Form {
  readonly action: string;
  readonly method: string;
  readonly target: string | undefined;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

export interface Page {
  readonly status: number;
  readonly address: string;
  readonly headers: Headers;
  readonly html: string;
  readonly forms: readonly Form[];
}

/** A browser as far as the cases need one: it keeps cookies, follows redirects and fills in no form. `local` maps the addresses of the store to this machine. */
export class Browser {
  readonly #local: (address: string) => string;
  readonly #cookies = new Map<string, string>();
  readonly setCookies: string[] = [];

  constructor(local: (address: string) => string) {
    this.#local = local;
  }

  async open(address: string, request: RequestInit = {}): Promise<Page> {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(this.#local(address), {
      ...request,
      redirect: 'manual',
      headers: { ...(request.headers as Record<string, string>), accept: 'text/html', ...(cookie === '' ? {} : { cookie }) },
    });
    for (const each of response.headers.getSetCookie()) this.#keep(each);
    const next = response.headers.get('location');
    if (response.status === 303 && next !== null) {
      await response.arrayBuffer();
      return this.open(new URL(next, address).href);
    }
    const html = await response.text();
    return { status: response.status, address, headers: response.headers, html, forms: formsIn(html, address) };
  }

  /** Submits a form of the store. */
  async submit({ action, fields }: Form): Promise<Page> {
    const body = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
    return this.open(action, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  }

  #keep(cookie: string): void {
    this.setCookies.push(cookie);
    const [name = '', value = ''] = (cookie.split(';', 1)[0] ?? '').split('=');
    this.#cookies.set(name, value);
  }
}

/** By another reader than any parser of the project: attributes in double quotes, no nesting of forms. */
function formsIn(html: string, address: string): readonly Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', inner = '']) => ({
    action: new URL(attribute(attributes, 'action') ?? '', address).href,
    method: attribute(attributes, 'method') ?? 'get',
    target: attribute(attributes, 'target'),
    fields: [...inner.matchAll(/<input\b([^>]*)>/g)].flatMap(([, input = '']) => {
      const name = attribute(input, 'name');
      return name === undefined ? [] : [[name, posted(attribute(input, 'value') ?? '')] as const];
    }),
  }));
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
  return found === undefined ? undefined : unescaped(found);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
}
