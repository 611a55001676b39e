import type { DatabaseSync } from 'node:sqlite';
import type { Meanings } from '../fault.ts';
import type { Promises } from '../log/promises.ts';
import type { Owners } from '../owners.ts';

/** A call that waits in the thread until it has an answer. */
export interface WaitingKind<Args extends readonly unknown[] = readonly never[]> {
  /** Tells, without writing, whether the call would be answered now. Asked after every transaction and every half second. */
  readonly look: (...args: Args) => boolean;
  /** Calls of one group are alike: when one finds nothing, the others are not tried. Default: each by itself. */
  readonly group?: (...args: Args) => string | undefined;
}

/**
 * What an operation does to the file:
 * - read: nothing. A batch of reads needs no transaction.
 * - write: it writes, and is on the disk when it is answered. The default.
 * - light: it writes what may be undone by a loss of power: handing out and giving back, not what was promised.
 * - watch: it reads, and while it answers `undefined`, the call waits and is tried again.
 * - a `WaitingKind`: it writes lightly, and while it answers `undefined`, the call waits and is tried again.
 */
export type OperationKind<Args extends readonly unknown[] = readonly never[]> = 'read' | 'write' | 'light' | 'watch' | WaitingKind<Args>;

export type OperationKinds<Operations> = {
  readonly [Name in keyof Operations]?: Operations[Name] extends (...args: infer Args) => unknown ? OperationKind<Args> : never;
};

/** What is done with a file. Everything is called in the thread. */
export interface Service<Operations extends object = object> {
  readonly database: DatabaseSync;
  /**
   * Each is called inside a transaction, but for reads when nobody writes. When it throws, nothing of it is kept, and its
   * neighbours in the batch are done nevertheless. It may then be run a second time for the same call.
   */
  readonly operations: Operations;
  readonly kinds: OperationKinds<Operations>;
  /** Who has claims on rows of the file. Missing where nothing is claimed. */
  readonly owners?: Owners | undefined;
  /** Work that comes up by itself, looked for every half second: `isNeeded` reads only, `run` is called in a transaction. */
  readonly tidying?: { readonly isNeeded: () => boolean; readonly run: () => void } | undefined;
  /** When, in milliseconds since 1970, waiting calls may find something although nobody has written; undefined: never. */
  readonly nextDue?: (() => number | undefined) | undefined;
  /** A transaction, or a part of it, was undone: what is kept in memory about it is wrong. */
  readonly undone?: (() => void) | undefined;
  /** The last thing in a transaction, and in each part of one that may be undone alone: writes what was gathered in memory. */
  readonly flush?: (() => void) | undefined;
  /** What is promised is counted in its transaction, and noted beside the file after the commit. Missing where nobody counts. */
  readonly promises?: Promises | undefined;
  /** This opening ends; called in the transaction that ends its claims. */
  readonly leaving?: (() => void) | undefined;
  /** Called once, in a transaction, after the claims of the dead were freed. What it answers is that of `ThreadLink.open`. */
  readonly opened?: ((freed: number) => unknown) | undefined;
}

/** What the module that a link names as its `entry` exports as `service`. */
export interface FileService<Data extends { readonly path: string }, Operations extends object = object> {
  /** Opens the file with what the link was given as `data`. Called in the thread. */
  readonly open: (data: Data) => Service<Operations>;
  /** What each fault means to whoever called. */
  readonly meanings: Meanings;
}

/** The same without types: operations by name, as the thread calls them. */
export interface AnyService extends Omit<Service, 'operations' | 'kinds'> {
  readonly operations: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  readonly kinds: Readonly<Record<string, OperationKind<readonly unknown[]> | undefined>>;
}
