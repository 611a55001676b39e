import { errors } from './errors.ts';

/** A port, as it stands on the command line. Throws `WB_CLI_BAD_OPTION`. */
export function portOf(at: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw errors.WB_CLI_BAD_OPTION(`"${text}" is not a port.`, { at, hint: 'Write a whole number up to 65535, or 0 for any that is free.' });
}
