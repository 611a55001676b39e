// What runs in the thread that works on a file.
export { FileFault, faultOf } from './fault.ts';
export { bodyParameter, type FileFormat, type FileOptions, openFile } from './file.ts';
export { type Claims, Owners, type OwnersOptions, ownerTable } from './owners.ts';
export type { FileService, OperationKind, OperationKinds, Service, WaitingKind } from './serving/service.ts';
