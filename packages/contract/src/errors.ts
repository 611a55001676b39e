/** A stable error code: `WB_` + subject + what, as listed in the `errors.ts` of the package that raises it. */
export type ErrorCode = `WB_${string}`;

/** An entry of a package's list of error codes, from which `docs/errors.md` is generated. */
export interface ErrorEntry {
  /** What has happened, for somebody who sees the code in a log. One or two sentences. */
  readonly means: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Declares the error codes of a package. */
export function defineErrors<const Table extends Readonly<Record<ErrorCode, ErrorEntry>>>(table: Table): Table {
  return table;
}

export interface ErrorOptions {
  /** What to do next, when the code's own remedy can be said more precisely. */
  readonly hint?: string | undefined;
  /** True: trying again later can succeed. False (the default): it never will. */
  readonly retryable?: boolean | undefined;
  /** True: the connection is gone and has to be opened anew. Implies `retryable`. */
  readonly connectionLost?: boolean | undefined;
  /** The place of the fault: an element path with line and column, a setting, a file name. */
  readonly at?: string | undefined;
  readonly cause?: unknown;
}

/** Marks our errors across copies of this package. */
const brand = Symbol.for('waybill.error');

/**
 * The base of every error that Waybill raises. The message says what and why in one sentence and holds neither secrets
 * nor message bodies; the original error is the `cause`.
 */
export class WaybillError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly connectionLost: boolean;
  readonly at: string | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
    this.connectionLost = options.connectionLost ?? false;
    this.retryable = options.retryable ?? this.connectionLost;
    this.at = options.at;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** A transport could not do what it was asked. */
export class TransportError extends WaybillError {}

/** A message is not what it has to be. Final unless said otherwise: the same bytes fail again. */
export class MessageError extends WaybillError {}

/**
 * The application refuses or fails a command. Thrown by handlers: final by default (a business rule was broken; the
 * sender is told), retryable when said so (the database is locked).
 */
export class CommandError extends WaybillError {}

/** Tells whether `value` is an error of ours, also when another copy of this package made it. */
export function isWaybillError(value: unknown): value is WaybillError {
  return value instanceof Error && (value as unknown as Record<symbol, unknown>)[brand] === true;
}
