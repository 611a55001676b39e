import { errors } from './errors.ts';

/** All of it may be left out. */
export interface CatchOptions {
  /** The address to listen on, for mails and for the page. Default: `127.0.0.1`, which only this machine can reach. */
  readonly host?: string | undefined;
  /** The port for mails. Default: 0, any that is free. */
  readonly smtpPort?: number | undefined;
  /** The port of the page. Default: 0, any that is free. */
  readonly pagePort?: number | undefined;
  /** How many mails are kept; the oldest go first. Default: 500. */
  readonly keep?: number | undefined;
  /** How many bytes the kept mails take at most, and again those that are on their way. Default: 100,000,000. */
  readonly keepBytes?: number | undefined;
  /** The largest mail that is taken, in bytes. Default: 25,000,000. */
  readonly limit?: number | undefined;
  /** Key and certificate, as PEM: then STARTTLS is announced. Default: none. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
}

/** The options with their defaults. */
export interface CheckedOptions {
  readonly host: string;
  readonly smtpPort: number;
  readonly pagePort: number;
  readonly keep: number;
  readonly keepBytes: number;
  readonly limit: number;
  readonly tls: CatchOptions['tls'];
}

/** Throws `WB_CATCHER_BAD_OPTION`. */
export function checkedOptions(options: CatchOptions): CheckedOptions {
  const keepBytes = wholeNumber('keepBytes', options.keepBytes ?? 100_000_000, 1_000, 2 ** 40);
  return {
    host: options.host ?? '127.0.0.1',
    smtpPort: wholeNumber('smtpPort', options.smtpPort ?? 0, 0, 65_535),
    pagePort: wholeNumber('pagePort', options.pagePort ?? 0, 0, 65_535),
    keep: wholeNumber('keep', options.keep ?? 500, 1, 1_000_000),
    keepBytes,
    limit: Math.min(wholeNumber('limit', options.limit ?? 25_000_000, 1_000, 2 ** 40), keepBytes),
    tls: options.tls,
  };
}

function wholeNumber(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw errors.WB_CATCHER_BAD_OPTION(`${name} is ${value}; it has to be a whole number from ${least} to ${most}.`, { at: name });
}
