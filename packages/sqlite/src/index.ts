// The main thread's side. It does not load SQLite: see thread.ts for what does.
export { ownBytes } from './bytes.ts';
export { errors } from './errors.ts';
export type { ErrorTable, FaultFacts, Meanings } from './failure.ts';
export type { Fault } from './fault.ts';
export { type LinkOptions, ThreadLink, type WaitingCall, type WaitOptions } from './link.ts';
export type { OwnerFacts } from './owners.ts';
export { hasWalFault, warnOfWalFault } from './sqlite-version.ts';
