/** Structured logging: an object with fields first, then one sentence. Secrets and message bodies never go in. */
export interface Log {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
  /** A log that adds `fields` to every line. */
  child(fields: object): Log;
}
