import { isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import type { Relay } from '../../settings/smtp.ts';
import { type Answer, meaningOf } from '../answer.ts';
import type { Wire } from '../wire.ts';

/** What a server says that it can do beyond RFC 821 (RFC 5321, 4.1.1.1). */
export interface Offers {
  readonly pipelining: boolean;
  /** The largest mail, in bytes; undefined where it has no limit, or does not say. `size` may be told also then. */
  readonly largest: number | undefined;
  readonly size: boolean;
  readonly eightBit: boolean;
  readonly utf8: boolean;
  readonly reports: boolean;
  readonly startTls: boolean;
  /** In capital letters. */
  readonly mechanisms: readonly string[];
}

/** Says hello. Answers what the server offers, or its answer where it does not want to talk. Throws `Ended`. */
export async function sayHello(wire: Wire, { name, protocol, commandTimeout }: Relay): Promise<Offers | { readonly refused: Answer }> {
  const own = name ?? ownName(wire);
  wire.write(`${protocol === 'lmtp' ? 'LHLO' : 'EHLO'} ${own}\r\n`);
  const answer = await wire.answer(commandTimeout);
  if (meaningOf(answer) === 'done') return offersIn(answer.lines ?? []);
  if (meaningOf(answer) !== 'no' || protocol === 'lmtp') return { refused: answer };
  // A server of the time before extensions: it has none, whatever it said.
  wire.write(`HELO ${own}\r\n`);
  const old = await wire.answer(commandTimeout);
  return meaningOf(old) === 'done' ? offersIn([]) : { refused: old };
}

/** Only a name with a domain is one that a server can do something with; else the address is said (RFC 5321, 4.1.4). */
function ownName(wire: Wire): string {
  const name = hostname();
  if (/^[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*\.[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*$/.test(name)) return name;
  const address = wire.ownAddress.replace(/^::ffff:/, '').replace(/%.*$/, '');
  return isIPv6(address) ? `[IPv6:${address}]` : `[${address}]`;
}

/** `lines`: of the answer to EHLO; the first one is a greeting. */
export function offersIn([, ...lines]: readonly string[]): Offers {
  const offers = new Map<string, readonly string[]>();
  for (const line of lines) {
    // `AUTH=LOGIN` is how some old servers write it, beside the other way.
    const [keyword = '', ...values] = line.trim().toUpperCase().split(/[ =]+/);
    offers.set(keyword, [...(offers.get(keyword) ?? []), ...values]);
  }
  const largest = Number(offers.get('SIZE')?.[0] ?? 0);
  return {
    pipelining: offers.has('PIPELINING'),
    largest: Number.isSafeInteger(largest) && largest > 0 ? largest : undefined,
    size: offers.has('SIZE'),
    eightBit: offers.has('8BITMIME'),
    utf8: offers.has('SMTPUTF8') && offers.has('8BITMIME'),
    reports: offers.has('DSN'),
    startTls: offers.has('STARTTLS'),
    mechanisms: offers.get('AUTH') ?? [],
  };
}
