// For those who need the operating system: processes that may have ended, folders that may not be made.
export { makeFolder } from './make-folder.ts';
export { fateOfProcess, ownProcessIdentity, type ProcessFate } from './process-identity.ts';
