import type { IncomingMessage } from 'node:http';
import type { Log } from '@waybill/contract';
import { pathOf } from '../receiving/address-table.ts';
import type { ProblemDetails } from './problem.ts';

/** How many refused requests have a line of their own in a second. The others are counted. */
const mostLines = 10;
const second = 1_000;

/** The most characters of a text that somebody else has chosen. */
const mostCharacters = 200;

/** Logs which requests are refused, in few lines however many there are. Queries, credentials and bodies are never shown. */
export class RefusalLog {
  readonly #log: Log;
  #began = Number.NEGATIVE_INFINITY;
  #lines = 0;
  #unlisted = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  /** `request` is missing where what came could not be read as one. */
  tell({ status, code, detail, hint, cause }: ProblemDetails, from: string | undefined, request?: IncomingMessage): void {
    if (!this.#hasLine()) return;
    const what = request && { method: request.method, path: shortened(pathOf(request)), ...headersOf(request) };
    const fields = { ...what, status, code, reason: detail, hint, from, ...(cause === undefined ? {} : { cause: textOf(cause) }) };
    if (status === 500) this.#log.error(fields, 'a request could not be answered');
    else this.#log.warn(fields, 'a request was refused');
  }

  /** Tells now how many requests had no line of their own. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#unlisted > 0) this.#log.warn({ count: this.#unlisted }, 'more requests were refused, which have no line of their own');
    this.#unlisted = 0;
  }

  #hasLine(): boolean {
    const now = performance.now();
    if (now - this.#began >= second) {
      this.#began = now;
      this.#lines = 0;
    }
    this.#lines += 1;
    if (this.#lines <= mostLines) return true;
    this.#unlisted += 1;
    this.#timer ??= setTimeout(() => this.flush(), second).unref();
    return false;
  }
}

/** What helps to find the sender and its mistake. Only `from` is certain: a sender writes into its headers what it likes. */
function headersOf({ headers }: IncomingMessage): object {
  const { 'content-type': contentType, 'content-encoding': contentEncoding, 'x-forwarded-for': forwardedFor } = headers;
  const shown = Object.entries({ contentType, contentEncoding, forwardedFor });
  return Object.fromEntries(shown.flatMap(([name, value]) => (value === undefined ? [] : [[name, shortened(String(value))]])));
}

function shortened(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}

/** With the stack trace, which the sender does not get. */
function textOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? String(cause)) : String(cause);
}
