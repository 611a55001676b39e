import { addressesIn, domainOf } from './addresses.ts';
import { type Field, fieldsOf, type MailTree } from './mail-tree.ts';
import { withoutComments } from './parts/parameters.ts';
import { type Checked, readResults } from './parts/results.ts';

/** What the own server has found out about who sent a mail. */
export interface Authentication {
  /** What it checked, in its order. Empty where it says nothing, or nothing that could be trusted. */
  readonly results: readonly Checked[];
  /** Who sent it, proven: the address of From. Undefined where it is not proven. */
  readonly principal: string | undefined;
}

const nobody: Authentication = { results: [], principal: undefined };

/**
 * Reads Authentication-Results (RFC 8601) of the server that is named `trustedServer`. Anybody can write such a field: only the
 * topmost of that name counts, and only above the first Received of that server, where nobody else could have put it (sections 5, 7.1).
 *
 * A principal has one From with one address, and `dmarc=pass`, or `dkim=pass` by the domain of From or a parent of it. `spf=pass` proves
 * nothing about From.
 */
export function authenticationResults(mail: MailTree, trustedServer: string): Authentication {
  const field = trustedField(mail, trustedServer.trim().toLowerCase());
  if (field === undefined) return nobody;
  const results = readResults(field.value)?.results ?? [];
  return { results, principal: principalOf(mail, results) };
}

function trustedField(mail: MailTree, server: string): Field | undefined {
  if (server === '') return undefined;
  const received = mail.fields.findIndex(({ name, value }) => name === 'received' && receivedBy(value) === server);
  return mail.fields
    .slice(0, Math.max(0, received))
    .find(({ name, value }) => name === 'authentication-results' && readResults(value)?.server === server);
}

function receivedBy(value: string): string | undefined {
  return /(?:^|\s)by\s+([^\s;()]+)/i.exec(withoutComments(value))?.[1]?.toLowerCase();
}

function principalOf(mail: MailTree, results: readonly Checked[]): string | undefined {
  const fields = fieldsOf(mail, 'from');
  const [from, other] = fields.flatMap(({ value }) => addressesIn(value));
  if (fields.length !== 1 || from === undefined || other !== undefined) return undefined;
  const domain = domainOf(from.address);
  if (!/^[^\s@]+@[^\s@]+$/.test(from.address) || domain === '') return undefined;
  return isProven(domain, results) ? from.address.replace(/@[^@]*$/, `@${domain}`) : undefined;
}

function isProven(domain: string, results: readonly Checked[]): boolean {
  const policy = results.filter(({ method }) => method === 'dmarc');
  if (policy.some(({ result }) => !['pass', 'none'].includes(result))) return false;
  if (policy.some((each) => each.result === 'pass' && (each.properties.get('header.from') ?? domain).toLowerCase() === domain)) return true;
  return results.some(
    (each) =>
      each.method === 'dkim' &&
      each.result === 'pass' &&
      isParent(each.properties.get('header.d') ?? each.properties.get('header.i'), domain),
  );
}

/** `header.i` is an address within the domain that signed. A top-level domain is nobody's parent. */
function isParent(signer: string | undefined, domain: string): boolean {
  const name = domainOf(signer ?? '');
  return name.includes('.') && (domain === name || domain.endsWith(`.${name}`));
}
