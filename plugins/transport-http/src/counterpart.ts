import type { CounterpartEntry, NoCounterpart } from '@waybill/contract';
import type { Site, Source, Target } from './settings.ts';

/** How the transport answers: with a reply, and without one. */
const answers = [200, 204];

/** A server of this machine at the address to which an outbound entry sends. */
export function listenerOf(site: Site, { method, success, ...target }: Target): CounterpartEntry | NoCounterpart {
  const address = addressOf(target, site);
  if (address === undefined) return { impossible: 'it has no address that can be read' };
  const shown = `${address.origin}${address.pathname}`;
  if (address.protocol !== 'http:') return { impossible: `${shown} begins with https, for which only its owner has the certificate` };
  const host = loopbackOf(address);
  if (host === undefined) return { impossible: `${shown} is not an address of this machine, such as http://127.0.0.1:8080` };
  if (method === 'PATCH') return { impossible: 'it sends with PATCH, which no inbound entry takes' };
  if (success && !answers.every((status) => success.includes(status)))
    return { impossible: `its "success" lacks ${answers.join(' or ')}, with which messages are taken here` };
  const listen = { host, port: address.port === '' ? 80 : Number(address.port) };
  // Who may send is no question here: the credentials would be those of the same manifest.
  return { connection: { listen }, endpoint: { path: address.pathname, method, auth: 'none', contentTypes: ['*'] } };
}

/** Who sends to an inbound entry. */
export function senderOf({ listen }: Site, { path, method, auth }: Source): CounterpartEntry | NoCounterpart {
  if (listen === undefined) return { impossible: 'its connection does not say where it listens' };
  if (listen.port === 0) return { impossible: 'the system chooses its port, so that nobody else knows it' };
  const url = `http://${reachable(listen.host)}:${listen.port}${path}`;
  return { connection: {}, endpoint: { url, method, ...credentialsFor(auth) } };
}

function addressOf({ url, path = '' }: Pick<Target, 'url' | 'path'>, { url: base }: Site): URL | undefined {
  const text = url ?? (base === undefined ? undefined : `${base.replace(/\/+$/, '')}${path}`);
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
}

/** Where to listen, for an address that means this machine and nobody else. */
function loopbackOf({ hostname }: URL): string | undefined {
  if (hostname === 'localhost') return '127.0.0.1';
  if (hostname === '[::1]') return '::1';
  return /^127\.\d+\.\d+\.\d+$/.test(hostname) ? hostname : undefined;
}

/** A host to connect to, where `host` is one to listen on. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** Those of the first of the senders that the entry knows. */
function credentialsFor(auth: Source['auth']): object {
  if (auth === 'none') return {};
  if ('basic' in auth) {
    const [user = '', password = ''] = Object.entries(auth.basic.users)[0] ?? [];
    return { auth: { basic: { user, password } } };
  }
  return { auth: { bearer: { token: Object.values(auth.bearer.tokens)[0] ?? '' } } };
}
