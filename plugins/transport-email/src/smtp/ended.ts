/**
 * Why a connection is of no use any more.
 *
 * - lost: the server or the network has ended it.
 * - silent: nothing came in time.
 * - nonsense: what came is no SMTP.
 * - given-up: whoever used it did not want to wait any longer.
 * - told: the server has answered, and that was the end of it.
 */
export type Ending = 'lost' | 'silent' | 'nonsense' | 'given-up' | 'told';

/** A connection has ended; the message says why, as the end of a sentence. */
export class Ended extends Error {
  readonly ending: Ending;

  constructor(ending: Ending, why: string, cause?: unknown) {
    super(why, cause === undefined ? undefined : { cause });
    this.ending = ending;
  }
}

/** `cause`: of a socket, or one of these. */
export function endedBy(cause: unknown): Ended {
  if (cause instanceof Ended) return cause;
  const { code, message = String(cause) } = cause as { readonly code?: string; readonly message?: string };
  return new Ended('lost', code === undefined || message.includes(code) ? message : `${message} (${code})`, cause);
}

/** `5 min`, `1.5 s` */
export function shownTime(ms: number): string {
  return ms >= 60_000 && ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1_000} s`;
}
