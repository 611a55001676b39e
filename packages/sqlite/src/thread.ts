// What runs in the thread that works on a file.
export { errorFor, FileFault, faultOf } from './fault.ts';
export { bodyParameter, type FileFormat, type FileOptions, openFile } from './file.ts';
export { type BrokenLog, brokenPart } from './log/broken.ts';
export { type Frame, type Log, readLog } from './log/frames.ts';
export { isDamage, lossesOf, lossOf } from './log/losses.ts';
export { type MendedFrame, mendedFrames } from './log/mending.ts';
export { lostPromises, type PromiseFormat, Promises } from './log/promises.ts';
export { openToRead } from './looking.ts';
export { type Claims, Owners, type OwnersOptions, ownerTable } from './owners.ts';
export type { FileService, OperationKind, OperationKinds, Service, WaitingKind } from './serving/service.ts';
