import type { Log } from './log.ts';

/** What a plugin gets from the kernel whenever it opens something. */
export interface OpenContext {
  /** The name of the connection or of the entry in the manifest. */
  readonly name: string;
  /** A log that already carries the names above. */
  readonly log: Log;
  /** Aborts when opening takes too long or the kernel stops. */
  readonly signal: AbortSignal;
  /** The folder of the manifest. Relative paths in settings are already resolved against it. */
  readonly folder: string;
}
