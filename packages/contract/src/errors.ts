import type { Answer } from './message/message.ts';
import type { RecipientOutcome } from './message/recipient-outcome.ts';

/** A stable error code: `WB_` + subject + what, as listed in the `errors.ts` of the package that throws it. */
export type ErrorCode = `WB_${string}`;

/**
 * What is wrong, in the few words that every transport understands. Transports translate kinds for their wire (an HTTP status,
 * a feedback code of MQ); they never look at codes, which anybody may define.
 *
 * - unreadable: the bytes are not what they claim to be: not well-formed, cut short, in the wrong encoding.
 * - unknown: nobody here knows what it is or where it belongs: a message type, a command, an address.
 * - forbidden: whoever sent it may not.
 * - invalid: it was read, and what it says is wrong.
 * - conflict: it contradicts something that is there already, or has to wait for it.
 * - unavailable: it may well be right; what is needed to work on it is not there at the moment.
 */
export type FaultKind = 'unreadable' | 'unknown' | 'forbidden' | 'invalid' | 'conflict' | 'unavailable';

/** An entry of a package's list of error codes, from which `docs/errors.md` is generated. */
export interface ErrorEntry {
  /** What has happened, for somebody who sees the code in a log. One or two sentences. */
  readonly means: string;
  /** What to do about it. It is the hint of every error with this code, unless the place that throws it knows better. */
  readonly remedy: string;
  /** Default: `unavailable` where the error is retryable, else `invalid`. */
  readonly kind?: FaultKind;
  /** Whether trying again later can succeed. Default: true for the kind `unavailable`, else false. */
  readonly retryable?: boolean;
}

export interface ErrorOptions {
  /** What to do next, when it can be said more precisely than the remedy of the code. */
  readonly hint?: string | undefined;
  /** See `ErrorEntry`. */
  readonly kind?: FaultKind | undefined;
  /** True: trying again later can succeed. False: it never will. Default: see `ErrorEntry`. */
  readonly retryable?: boolean | undefined;
  /** The least time to wait before the next attempt, in milliseconds, where the far side said so. The kernel obeys it. */
  readonly retryAfter?: number | undefined;
  /** The place of the fault: an element path with line and column, a setting, a file name. */
  readonly at?: string | undefined;
  readonly cause?: unknown;
}

/**
 * How a send ended that did not succeed.
 *
 * - not-sent: the far side surely does not have the message. It may be tried again without the danger of a second copy.
 * - refused: the far side has looked at the message and does not want it.
 * - unknown: nobody can tell: the connection died after the last byte, a commit is in doubt, an answer did not come.
 */
export type SendFailure = 'not-sent' | 'refused' | 'unknown';

export interface TransportErrorOptions extends ErrorOptions {
  /** Of a send only. Default: `refused` for a final error, else `not-sent`. */
  readonly outcome?: SendFailure | undefined;
  /**
   * True: the connection is gone and has to be opened anew, and the message in hand was surely not sent. Implies
   * `retryable` and `not-sent`. A send whose connection died after the last byte throws with `outcome: 'unknown'`
   * instead; the next one then says `connectionLost`.
   */
  readonly connectionLost?: boolean | undefined;
  /** What became of each recipient before the send failed; those who are missing share the outcome of the error. */
  readonly recipients?: readonly RecipientOutcome[] | undefined;
  /** What the far side said, where `SendOptions.answer` asked for that. */
  readonly answer?: Answer | undefined;
}

/** Marks our errors across copies of this package. */
const brand = Symbol.for('waybill.error');

/**
 * The base of every error that Waybill throws. The message says what and why in one sentence and holds neither secrets
 * nor message bodies; the original error is the `cause`.
 */
export class WaybillError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly kind: FaultKind;
  readonly retryable: boolean;
  readonly retryAfter: number | undefined;
  readonly at: string | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
    this.kind = options.kind ?? (options.retryable ? 'unavailable' : 'invalid');
    this.retryable = options.retryable ?? this.kind === 'unavailable';
    this.retryAfter = options.retryAfter;
    this.at = options.at;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** A transport could not do what it was asked. */
export class TransportError extends WaybillError {
  readonly outcome: SendFailure;
  readonly connectionLost: boolean;
  readonly recipients: readonly RecipientOutcome[] | undefined;
  readonly answer: Answer | undefined;

  constructor(code: ErrorCode, message: string, options: TransportErrorOptions = {}) {
    super(code, message, options.connectionLost ? { ...options, retryable: true } : options);
    this.connectionLost = options.connectionLost ?? false;
    this.outcome = this.connectionLost ? 'not-sent' : (options.outcome ?? (this.retryable ? 'not-sent' : 'refused'));
    this.recipients = options.recipients;
    this.answer = options.answer;
  }
}

/** A message is not what it has to be. Final unless said otherwise: the same bytes fail again. */
export class MessageError extends WaybillError {}

/**
 * The application refuses or fails a command. Thrown by handlers: final by default (a business rule was broken; the
 * sender is told), retryable when said so (the database is locked).
 */
export class CommandError extends WaybillError {}

type ErrorClass<Options extends ErrorOptions, Raised extends WaybillError> = new (
  code: ErrorCode,
  message: string,
  options?: Options,
) => Raised;

/** Makes an error of one code; its hint, its kind and whether it is retryable come from the table unless `options` say otherwise. */
export interface Raiser<Options extends ErrorOptions = ErrorOptions, Raised extends WaybillError = WaybillError> extends ErrorEntry {
  (message: string, options?: Options): Raised;
  readonly code: ErrorCode;
}

export type Raisers<
  Table extends Readonly<Record<ErrorCode, ErrorEntry>>,
  Options extends ErrorOptions = ErrorOptions,
  Raised extends WaybillError = WaybillError,
> = { readonly [Code in keyof Table]: Raiser<Options, Raised> };

/** A key that is no error code has no value that it could have. */
type OnlyCodes<Table> = { readonly [Key in Exclude<keyof Table, ErrorCode>]: never };

/**
 * Declares the error codes of a package and gives each a function that makes its error:
 * `throw errors.WB_FILE_NO_SPACE('Cannot write a.xml: the disk is full.', { cause })`. `Class` is what they are instances
 * of, by default `WaybillError`; a package that throws several classes has a table for each.
 */
export function defineErrors<const Table extends Readonly<Record<ErrorCode, ErrorEntry>>>(table: Table & OnlyCodes<Table>): Raisers<Table>;
export function defineErrors<
  const Table extends Readonly<Record<ErrorCode, ErrorEntry>>,
  Options extends ErrorOptions,
  Raised extends WaybillError,
>(table: Table & OnlyCodes<Table>, Class: ErrorClass<Options, Raised>): Raisers<Table, Options, Raised>;
export function defineErrors(
  table: Readonly<Record<ErrorCode, ErrorEntry>>,
  Class: ErrorClass<ErrorOptions, WaybillError> = WaybillError,
): Raisers<Readonly<Record<ErrorCode, ErrorEntry>>> {
  const raisers = Object.entries(table).map(([code, entry]) => [code, raiser(code as ErrorCode, entry, Class)] as const);
  return Object.freeze(Object.fromEntries(raisers));
}

function raiser(code: ErrorCode, entry: ErrorEntry, Class: ErrorClass<ErrorOptions, WaybillError>): Raiser {
  const { remedy: hint, kind, retryable } = entry;
  const raise = (message: string, options: ErrorOptions = {}): WaybillError =>
    new Class(code, message, {
      ...options,
      hint: options.hint ?? hint,
      kind: options.kind ?? kind,
      retryable: options.retryable ?? retryable,
    });
  return Object.freeze(Object.assign(raise, { code, ...entry }));
}

/** Tells whether `value` is an error of ours, also when another copy of this package made it. */
export function isWaybillError(value: unknown): value is WaybillError {
  return value instanceof Error && (value as unknown as Record<symbol, unknown>)[brand] === true;
}
