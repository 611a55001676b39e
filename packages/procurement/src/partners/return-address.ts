import type { Buyer } from './buyer.ts';
import { partnerErrors } from './errors.ts';

// Where a cart goes is chosen by whoever writes the setup request, and would be an open door for carts and people if the request is forged: the address has
// to be one of the buyer's own (reference/procurement-messages.md, section 5).

/**
 * The address that a cart goes to, as the buyer wrote it but for blanks around it. It is https, of a host that is in the list of the buyer, compared as a
 * whole, port included, and it holds no user. Only a host of this machine that is listed (`localhost:8081`), as that of a simulated buyer, may go without TLS. Throws WB_PARTNERS_BAD_RETURN_ADDRESS for every other.
 */
export function checkedReturnAddress(buyer: Pick<Buyer, 'name' | 'returnHosts'>, text: string): string {
  const address = text.trim();
  const url = addressOf(address);
  if (url && buyer.returnHosts.includes(url.host)) return address;
  const where = url ? `the host ${url.host.slice(0, 100)}` : 'an address that is not https, or none at all';
  throw partnerErrors.WB_PARTNERS_BAD_RETURN_ADDRESS(
    `The buyer ${buyer.name} wants its cart at ${where}; it may go to ${buyer.returnHosts.join(', ') || 'nowhere yet'}.`,
  );
}

/** Whether it can stand in `returnHosts`: a host, perhaps with a port, written as a browser understands it. */
export function isReturnHost(host: string): boolean {
  const url = addressOf(`https://${host}`);
  return url !== undefined && url.host === host.toLowerCase() && !host.includes('*');
}

/** Whether it can stand in `frame-ancestors` as it is: https, or a host of this machine. */
export function isOrigin(origin: string): boolean {
  const url = addressOf(origin);
  return url !== undefined && url.origin === origin && !origin.includes('*');
}

function addressOf(text: string): URL | undefined {
  // Browsers leave line ends out of addresses and take a backslash for a slash: what a person reads there is not what they open.
  if (text.length > 4096 || hasOddCharacter(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return isSafe(url) && url.username === '' && url.password === '' && url.hostname !== '' ? url : undefined;
}

/** Without TLS only on this machine, where a simulated buyer has no certificate and nobody can listen in. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname));
}

/** Names and addresses that lead nowhere else. The host is as a URL has it: lower case, an address with all of its four numbers. */
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.[0-9]{1,3}){3}$/.test(host);
}

function hasOddCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || code === 0x7f || code === 0x5c) return true;
  }
  return false;
}
