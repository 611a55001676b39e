import { type ErrorOptions, isWaybillError, TransportError, type TransportErrorOptions, WaybillError } from '@waybill/contract';
import { type Fault, faultOf } from './fault.ts';

/** What is known of a fault when its error is made. */
export interface FaultFacts {
  readonly path: string;
  /** What SQLite or the system said. Also the `cause` of the error. */
  readonly reason: string;
}

/** The error that each fault becomes, by the user's own raisers. The `cause` is filled in where it is left out. */
export type Meanings = Readonly<Record<Fault, (facts: FaultFacts) => WaybillError>>;

/** The user's error table, from which errors that crossed a thread border are made again. */
export type ErrorTable = Readonly<Record<string, (message: string, options?: never) => WaybillError>>;

/** An error on its way between threads. */
export interface FailureFacts {
  readonly code: string;
  readonly message: string;
  readonly options: TransportErrorOptions;
}

/** What `error` means to whoever called. Errors of ours stay what they are. */
export function errorFor(error: unknown, meanings: Meanings, path: string): WaybillError {
  if (isWaybillError(error)) return error;
  return meanings[faultOf(error)]({ path, reason: reasonOf(error) });
}

/** The same as plain values, which can be copied to another thread. */
export function factsOf(error: unknown, meanings: Meanings, path: string): FailureFacts {
  const raised = errorFor(error, meanings, path);
  const { code, message, hint, kind, retryable, retryAfter, at } = raised;
  const cause = raised.cause ?? (raised === error ? undefined : reasonOf(error));
  const options: ErrorOptions = { hint, kind, retryable, retryAfter, at, cause: cause === undefined ? undefined : reasonOf(cause) };
  if (!(raised instanceof TransportError)) return { code, message, options };
  return { code, message, options: { ...options, connectionLost: raised.connectionLost, outcome: raised.outcome } };
}

/** The error on the other side of the border, of the class that the user's table raises. */
export function errorOf({ code, message, options }: FailureFacts, errors: ErrorTable): WaybillError {
  return errors[code]?.(message, options as never) ?? new WaybillError(code as WaybillError['code'], message, options);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
