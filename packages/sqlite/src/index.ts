// The main thread's side. It does not load SQLite: see thread.ts for what does.
export { errors } from './errors.ts';
export { blamesTheCall, type ErrorTable, type Fault, type FaultFacts, type Meanings } from './fault.ts';
export { FileThread } from './link/file-thread.ts';
export { ownBytes, ThreadLink, type WaitingCall, type WaitOptions } from './link/link.ts';
export type { LinkOptions } from './link/linked-service.ts';
export type { OwnerFacts } from './owners.ts';
export { hasWalFault, warnOfWalFault } from './sqlite-version.ts';
