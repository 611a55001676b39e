import type { Message } from '@waybill/contract';
import { errors } from '../errors.ts';
import { isHeaderValue } from '../header-value.ts';
import type { Credentials, Site, Target } from '../settings.ts';

/** Headers that the HTTP client or this transport sets. */
const notForManifests = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'idempotency-key',
  'authorization',
]);

/** What is the same for every message of an outbound entry. */
export interface ResolvedTarget {
  readonly protocol: string;
  /** As the header "host" has it: name and port. */
  readonly host: string;
  /** Without brackets where it is an address of IPv6. */
  readonly hostname: string;
  /** Empty where it is the usual one of the protocol. */
  readonly port: string;
  readonly method: Target['method'];
  /** Path and query. */
  readonly path: string;
  /** For logs and errors: without the query, which may hold a key. */
  readonly where: string;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The properties that are sent as headers, in lower case: HTTP does not know upper case from lower case. */
  readonly forward: readonly string[];
}

/** Throws WB_HTTP_TARGET or WB_HTTP_HEADER. */
export function resolveTarget(target: Target, site: Site): ResolvedTarget {
  const url = addressOf(target, site);
  for (const name of [...Object.keys(target.headers), ...target.forward]) refuseName(name);
  const fixed = Object.entries(target.headers).map(([name, value]) => [name.toLowerCase(), checkedValue(name, value)] as const);
  return {
    protocol: url.protocol,
    host: url.host,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    method: target.method,
    path: `${url.pathname}${url.search}`,
    where: `${url.origin}${url.pathname}`,
    headers: { ...Object.fromEntries(fixed), ...authorization(target.auth) },
    forward: target.forward.map((name) => name.toLowerCase()),
  };
}

/** The headers of one message. Throws WB_HTTP_HEADER: a value that would end its line could add headers of its own. */
export function headersFor(message: Message, { headers: fixed, forward }: ResolvedTarget): Record<string, string> {
  const headers: Record<string, string> = { ...fixed };
  if (forward.length > 0)
    for (const [name, value] of Object.entries(message.properties)) {
      const header = name.toLowerCase();
      if (forward.includes(header)) headers[header] = checkedValue(header, value);
    }
  headers['content-type'] = checkedValue('content-type', message.contentType ?? headers['content-type'] ?? 'application/octet-stream');
  headers['idempotency-key'] = checkedValue('idempotency-key', message.id);
  return headers;
}

function addressOf({ url, path }: Target, site: Site): URL {
  if (url !== undefined && path !== undefined) throw errors.WB_HTTP_TARGET('The outbound entry has both a "url" and a "path".');
  const text = url ?? (site.url === undefined ? undefined : `${site.url.replace(/\/+$/, '')}${path ?? ''}`);
  if (text === undefined) throw errors.WB_HTTP_TARGET('Neither the connection nor the outbound entry has a "url".');
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (!address || !/^https?:$/.test(address.protocol) || address.username !== '' || address.password !== '')
    throw errors.WB_HTTP_TARGET('The address of the outbound entry is not an http or https address without user and password.');
  return address;
}

function authorization(credentials: Credentials | undefined): Readonly<Record<string, string>> {
  if (!credentials) return {};
  if ('bearer' in credentials) return { authorization: checkedValue('authorization', `Bearer ${credentials.bearer.token}`) };
  const { user, password } = credentials.basic;
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

function refuseName(name: string): void {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || notForManifests.has(name.toLowerCase()))
    throw errors.WB_HTTP_HEADER(`The header ${JSON.stringify(name)} cannot be set in the manifest.`, {
      hint: name.toLowerCase() === 'authorization' ? 'Use the "auth" block of the outbound entry.' : undefined,
    });
}

/** The value is not shown: it may be a secret. */
function checkedValue(name: string, value: string): string {
  if (!isHeaderValue(value)) throw errors.WB_HTTP_HEADER(`The value for the header ${name} has characters that a header cannot have.`);
  return value;
}
