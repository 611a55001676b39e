import { errors } from './errors.ts';
import { type BuyerProfile, type ProfileName, profileNamed, profiles } from './profiles/profiles.ts';

/** All of it may be left out. */
export interface BuyerOptions {
  /** Where the shop takes documents, or OCI calls: an address of `http` or `https`. Without it, nothing can be bought until the page is told one. */
  readonly shop?: string | undefined;
  /** What kind of procurement system it is. Default: `generic`. */
  readonly profile?: ProfileName | undefined;
  /** The shared secret of the two; the password of an OCI call. Default: none, and what the profile says in its place. */
  readonly secret?: string | undefined;
  /** The buyer's own name: in the domain of the profile for cXML, the user name of OCI. Default: `AN11000000123`. */
  readonly identity?: string | undefined;
  /** The name of the supplier. Default: `AN11000000321`. */
  readonly supplier?: string | undefined;
  /** The address to listen on. Default: `127.0.0.1`, which only this machine can reach. */
  readonly host?: string | undefined;
  /** The port. Default: 0, any that is free. */
  readonly port?: number | undefined;
  /** The name under which browsers and the shop reach it, where that is not `host`. */
  readonly name?: string | undefined;
  /** Key and certificate, as PEM: then it is served by TLS. Default: none. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** For documents to the shop: who vouches for its certificate, as PEM, beside those that Node trusts. */
  readonly ca?: string | undefined;
  /** For documents to the shop: the address of a host, where names of a test stand for this machine. Default: the system is asked. */
  readonly addressOf?: ((host: string) => string) | undefined;
  /** How many documents are kept; the oldest go first. Default: 500. */
  readonly keep?: number | undefined;
}

/** The options with their defaults. */
export interface CheckedOptions {
  readonly shop: string | undefined;
  readonly profile: BuyerProfile;
  readonly secret: string | undefined;
  readonly identity: string;
  readonly supplier: string;
  readonly host: string;
  readonly port: number;
  readonly name: string | undefined;
  readonly tls: BuyerOptions['tls'];
  readonly ca: string | undefined;
  readonly addressOf: BuyerOptions['addressOf'];
  readonly keep: number;
}

/** Throws `WB_BUYER_BAD_OPTION`. */
export function checkedOptions(options: BuyerOptions): CheckedOptions {
  return {
    shop: options.shop === undefined ? undefined : storeAddress(options.shop),
    profile: profileOf(options.profile ?? 'generic'),
    secret: options.secret,
    identity: options.identity ?? 'AN11000000123',
    supplier: options.supplier ?? 'AN11000000321',
    host: options.host ?? '127.0.0.1',
    port: wholeNumber('port', options.port ?? 0, 0, 65_535),
    name: options.name,
    tls: options.tls,
    ca: options.ca,
    addressOf: options.addressOf,
    keep: wholeNumber('keep', options.keep ?? 500, 1, 100_000),
  };
}

/** Throws `WB_BUYER_BAD_OPTION` where a text is no address of a shop. */
export function storeAddress(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text).href;
  throw errors.WB_BUYER_BAD_OPTION(`"${text}" is no address of a shop.`, {
    at: 'shop',
    hint: 'Write the whole address: https://shop.example/cxml.',
  });
}

/** Throws `WB_BUYER_BAD_OPTION`. */
export function profileOf(name: string): BuyerProfile {
  const profile = profileNamed(name);
  if (profile) return profile;
  const known = profiles.map((one) => one.name).join(', ');
  throw errors.WB_BUYER_BAD_OPTION(`There is no profile "${name}".`, { at: 'profile', hint: `Known are ${known}.` });
}

function wholeNumber(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw errors.WB_BUYER_BAD_OPTION(`${name} is ${value}; it has to be a whole number from ${least} to ${most}.`, { at: name });
}
