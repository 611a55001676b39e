// What runs in the thread that works on a file.
export { errorFor, FileFault, faultOf } from './fault.ts';
export { bodyParameter, type FileFormat, type FileOptions, openFile, openToRead } from './file.ts';
export { type BrokenLog, brokenPart, findBrokenLog } from './log/broken.ts';
export { type Frame, type Log, readLog } from './log/frames.ts';
export { type MendedFrame, mendedFrames } from './log/mending.ts';
export { lostPromises, type PromiseFormat, Promises, promisesPath } from './log/promises.ts';
export { type Claims, Owners, type OwnersOptions, ownerTable } from './owners.ts';
export type { FileService, OperationKind, OperationKinds, Service, WaitingKind } from './serving/service.ts';
