// What runs in the thread that works on a file.
export { bodyParameter } from './bytes.ts';
export { FileFault, faultOf } from './fault.ts';
export { type FileFormat, type FileOptions, openFile } from './file.ts';
export { type Claims, Owners, type OwnersOptions, ownerTable } from './owners.ts';
export { serve } from './serve.ts';
export type { OperationKind, OperationKinds, Service, WaitingKind } from './service.ts';
