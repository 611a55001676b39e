// For those who need the operating system: processes that may have ended, folders that may not be made.
export { makeFolder } from './system/make-folder.ts';
export { fateOfProcess, ownProcessIdentity, type ProcessFate } from './system/process-identity.ts';
