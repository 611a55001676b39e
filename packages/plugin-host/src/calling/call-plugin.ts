import {
  type ComposeContext,
  type Draft,
  isWaybillError,
  type Message,
  type MessagePackDefinition,
  type MessageTypeRef,
  type ReplyOutcome,
  TransportError,
  type WaybillError,
} from '@waybill/contract';
import type { PackOptions } from '@waybill/manifest';
import { applicationErrors, packErrors, pluginErrors } from '../errors.ts';

// The one way to call code that is not ours: each call has a time limit, and whatever it throws becomes an error of the contract.

/** How long a plugin may take to open or close something, in milliseconds. */
export const openLimit = 15_000;

/** Runs a step of a pack. What is not a `WaybillError` is a defect of the pack, and final: the same bytes fail again. */
export function callPack<Result>(pack: MessagePackDefinition, what: string, step: () => Result): Result {
  try {
    return step();
  } catch (cause) {
    if (isWaybillError(cause)) throw cause;
    throw packErrors.WB_PACK_FAILED(`The message pack ${pack.name} failed while ${what} a message.`, { cause });
  }
}

/** What a message has beside what its pack makes of it. */
export interface Composing {
  readonly id: string;
  readonly createdAt: number;
  readonly store: string | undefined;
  /** On a reply: the id of the message that it answers. */
  readonly correlationId?: string;
  /** What the entry sets for packs: the outbound one to which the message goes, or the inbound one that it answers for. */
  readonly packs: PackOptions | undefined;
}

interface OfPack {
  readonly pack: MessagePackDefinition;
  readonly type: MessageTypeRef;
}

/** The message of `type` that a pack makes of `data`. Throws what the pack throws. */
export function composeMessage({ pack, type }: OfPack, data: unknown, composing: Composing): Message {
  return toMessage(
    callPack(pack, 'composing', () => pack.compose(type, data, contextOf(pack, composing))),
    composing,
  );
}

/** The answer that a pack has to a message of `type`; undefined where it has none. Throws what the pack throws. */
export function composeReply({ pack, type }: OfPack, outcome: ReplyOutcome, composing: Composing): Message | undefined {
  const draft = callPack(pack, 'answering', () => pack.reply?.(type, outcome, contextOf(pack, composing)));
  return draft && toMessage(draft, composing);
}

/** The answer that a pack has to what nobody knows; undefined where it has none. Throws what the pack throws. */
export function composeReplyToUnknown(pack: MessagePackDefinition, error: WaybillError, composing: Composing): Message | undefined {
  const draft = callPack(pack, 'answering', () => pack.replyToUnknown?.(error, contextOf(pack, composing)));
  return draft && toMessage(draft, composing);
}

function contextOf({ name }: MessagePackDefinition, { id: messageId, createdAt, store, packs }: Composing): ComposeContext {
  return { messageId, store, time: new Date(createdAt).toISOString(), options: packs?.[name] ?? {} };
}

const encoder = new TextEncoder();

/** Gives the draft of a pack its identity. */
function toMessage(draft: Draft, { id, createdAt, correlationId }: Composing): Message {
  const { contentType, type, priority, expiresAt, persistent, properties = {} } = draft;
  const body = typeof draft.body === 'string' ? encoder.encode(draft.body) : draft.body;
  const own = correlationId === undefined ? { id, createdAt } : { id, createdAt, correlationId };
  return { ...own, body, type, contentType, priority, expiresAt, persistent, properties };
}

export interface CallLimit {
  /** Milliseconds until the step's signal aborts. Default: `openLimit`. */
  readonly limit?: number;
  /** Milliseconds that the step has after that to say what it knows. Default 0. */
  readonly afterwards?: number;
  /** The error when nothing was said. Default: `WB_PLUGIN_SLOW`. */
  readonly late?: (what: string, limit: number) => TransportError;
}

/** Runs a step of a transport or a journal. Rejects with a `TransportError` whatever the step does, within the limit. */
export async function callPlugin<Result>(
  what: string,
  step: (signal: AbortSignal) => PromiseLike<Result> | Result,
  { limit = openLimit, afterwards = 0, late = tooSlow }: CallLimit = {},
): Promise<Result> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    const giveUp = () => reject(late(what, limit));
    timer = setTimeout(() => {
      abort.abort();
      timer = setTimeout(giveUp, afterwards);
    }, limit);
  });
  try {
    return await Promise.race([step(abort.signal), over]);
  } catch (cause) {
    // A step that only passes on that it was aborted says nothing about what became of it.
    if (abort.signal.aborted && !isWaybillError(cause)) throw late(what, limit);
    throw asTransportError(cause, what);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits for what the application answered, up to `ms` milliseconds. A value that is no promise comes back at once. Rejects
 * with `WB_COMMAND_TIMEOUT`, or with what the application threw.
 */
export function callApplication<Result>(
  deadlines: Deadlines,
  what: string,
  ms: number,
  answer: PromiseLike<Result> | Result,
): Promise<Result> | Result {
  if (!isThenable(answer)) return answer;
  return deadlines.within(answer, ms, () => applicationErrors.WB_COMMAND_TIMEOUT(`${what} did not finish within ${ms / 1000} s.`));
}

/** Also true for promises of other libraries and realms. */
function isThenable<Result>(value: PromiseLike<Result> | Result): value is PromiseLike<Result> {
  return typeof (value as PromiseLike<Result> | undefined)?.then === 'function';
}

/** A foreign error of the application says nothing about whether trying again helps; it is tried again, and parked when that does not help. */
export function asCommandError(cause: unknown): WaybillError {
  if (isWaybillError(cause)) return cause;
  const said = cause instanceof Error ? cause.message : String(cause);
  return applicationErrors.WB_COMMAND_FAILED(`The handler failed with an unexpected error: ${said}`, { cause });
}

/** What a plugin threw, as a `TransportError`. A foreign error says nothing about whether trying again helps; it is tried again. */
export function asTransportError(cause: unknown, what: string): TransportError {
  if (!isWaybillError(cause)) return pluginErrors.WB_PLUGIN_FAILED(`${what} failed with an unexpected error.`, { cause });
  if ('outcome' in cause) return cause as TransportError;
  const { code, message, hint, kind, retryable, retryAfter, at } = cause;
  return new TransportError(code, message, { hint, kind, retryable, retryAfter, at, cause });
}

function tooSlow(what: string, limit: number): TransportError {
  return pluginErrors.WB_PLUGIN_SLOW(`${what} took longer than ${limit / 1000} s.`);
}

/** How often overdue work is looked for, in milliseconds: coarse, since a timer for every message would cost more than most handlers. */
const tick = 100;

interface Overdue {
  readonly at: number;
  readonly call: () => void;
}

/** Calls back what is not done in time. One timer serves all that is in flight; it keeps no process alive, and none runs while nothing is in flight. */
export class Deadlines {
  readonly #overdue = new Set<Overdue>();
  #timer: NodeJS.Timeout | undefined;

  /** Rejects with `late()` when `work` has not settled after `ms` milliseconds (rounded up to the next tick). */
  within<Result>(work: PromiseLike<Result>, ms: number, late: () => Error): Promise<Result> {
    return new Promise((resolve, reject) => {
      const overdue = { at: performance.now() + ms, call: () => reject(late()) };
      this.#overdue.add(overdue);
      this.#timer ??= setInterval(() => this.#check(), tick).unref();
      void Promise.resolve(work)
        .then(resolve, reject)
        .then(() => this.#ended(overdue));
    });
  }

  #check(): void {
    const now = performance.now();
    for (const overdue of this.#overdue) {
      if (overdue.at > now) continue;
      overdue.call();
      this.#ended(overdue);
    }
  }

  #ended(overdue: Overdue): void {
    this.#overdue.delete(overdue);
    if (this.#overdue.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
