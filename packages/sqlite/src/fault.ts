import { type ErrorOptions, isWaybillError, TransportError, type TransportErrorOptions, WaybillError } from '@waybill/contract/errors';

/**
 * What can be wrong with a file or its thread, whatever the file is for:
 * - busy: another process keeps the file locked. Trying again helps.
 * - full: there is no space, on the disk or below `maxSize`.
 * - io: the system reported an error of the disk.
 * - unsuitable: the drive cannot hold a file that processes share (network drives and the like).
 * - read-only: the file may be read and not written.
 * - cannot-open: it cannot be opened or created.
 * - damaged: what stands in it contradicts itself.
 * - not-a-database: something other than a database.
 * - foreign: the database of another program.
 * - newer: a later version has written it.
 * - failed: anything else; what was asked for has not happened.
 * - ended: the thread ended unexpectedly. Whether what was in its hands has happened is unknown.
 * - closed: used after it had been closed.
 */
export type Fault =
  | 'busy'
  | 'full'
  | 'io'
  | 'unsuitable'
  | 'read-only'
  | 'cannot-open'
  | 'damaged'
  | 'not-a-database'
  | 'foreign'
  | 'newer'
  | 'failed'
  | 'ended'
  | 'closed';

/** A fault that was found by this package itself, not told by SQLite. */
export class FileFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** The primary result codes of SQLite that mean something to us: sqlite.org/rescode.html. */
const faults: ReadonlyMap<number, Fault> = new Map([
  [3, 'cannot-open'], // PERM
  [5, 'busy'], // BUSY
  [6, 'busy'], // LOCKED
  [8, 'read-only'], // READONLY
  [10, 'io'], // IOERR
  [11, 'damaged'], // CORRUPT
  [13, 'full'], // FULL
  [14, 'cannot-open'], // CANTOPEN
  [15, 'busy'], // PROTOCOL: others were faster too many times
  [23, 'cannot-open'], // AUTH
  [26, 'not-a-database'], // NOTADB
]);

/** Extended codes that say more than their primary one: the memory that processes share beside the file cannot be had. */
const extendedFaults: ReadonlyMap<number, Fault> = new Map([
  [4618, 'unsuitable'], // IOERR_SHMOPEN
  [5130, 'unsuitable'], // IOERR_SHMLOCK
  [5386, 'unsuitable'], // IOERR_SHMMAP
  [1811, 'damaged'], // CONSTRAINT_TRIGGER: a trigger has refused to change a row that is not what was written
]);

/** What the system says of a file that is not read through SQLite. */
const systemFaults: ReadonlyMap<unknown, Fault> = new Map([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EIO', 'io'],
  ['EROFS', 'read-only'],
  ['EACCES', 'cannot-open'],
  ['EPERM', 'cannot-open'],
  ['ENOENT', 'cannot-open'],
  ['ENOTDIR', 'cannot-open'],
  ['EISDIR', 'cannot-open'],
]);

const constraint = 19;
const tooBig = 18;

/** What `error` means, whoever threw it. */
export function faultOf(error: unknown): Fault {
  if (error instanceof FileFault) return error.fault;
  const code = resultCode(error);
  if (code === undefined) return faultOfSystem(error);
  return extendedFaults.get(code) ?? faults.get(code & 0xff) ?? 'failed';
}

/** Tells whether the call itself is to blame, so that its neighbours in the batch can still be done. */
export function blamesTheCall(error: unknown): boolean {
  if (error instanceof FileFault) return false;
  const code = resultCode(error);
  return code === undefined || (code & 0xff) === constraint || (code & 0xff) === tooBig;
}

/** True where another process is in the way, which ends by itself. */
export function isBusy(error: unknown): boolean {
  return faultOf(error) === 'busy';
}

/** What is known of a fault when its error is made. */
export interface FaultFacts {
  readonly path: string;
  /** What SQLite or the system said. An error, so that whoever is told of it is told why. */
  readonly cause: Error;
}

/** The error of the user that each fault becomes. The `cause` is filled in where it is left out. */
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
  return meanings[faultOf(error)]({ path, cause: error instanceof Error ? error : causeOf(String(error)) });
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

/** The error on the other side of the border, of the class that the user's table makes, with its cause as an error again. */
export function errorOf({ code, message, options: { cause, ...rest } }: FailureFacts, errors: ErrorTable): WaybillError {
  const options = typeof cause === 'string' ? { ...rest, cause: causeOf(cause) } : rest;
  return errors[code]?.(message, options as never) ?? new WaybillError(code as WaybillError['code'], message, options);
}

/** An error that says what was said elsewhere. Its stack has stayed there, and one from here would lead nowhere. */
export function causeOf(message: string): Error {
  const cause = new Error(message);
  cause.stack = `Error: ${message}`;
  return cause;
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function faultOfSystem(error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  // A number that Node cannot hold: nothing of ours is that large.
  return code === 'ERR_OUT_OF_RANGE' ? 'damaged' : (systemFaults.get(code) ?? 'failed');
}

/** The extended result code; undefined when the error is not one of SQLite's. Its lowest byte is the primary code. */
function resultCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code : undefined;
}
