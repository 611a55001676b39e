export { errors } from './errors.ts';
export type { JournalSubject } from './journal/subject.ts';
export { type JournalSuiteOptions, journalSuite } from './journal/suite.ts';
export {
  type MemoryJournal,
  MemoryJournalFile,
  type MemoryJournalOptions,
  memoryJournal,
  memoryJournalPlugin,
} from './memory/journal/journal.ts';
export type { MemoryTransportOptions } from './memory/transport/options.ts';
export type { QueueTrouble } from './memory/transport/queues.ts';
export { type Memory, type MemoryTransport, memoryTransport, type PutMessage } from './memory/transport/transport.ts';
export type { ConstrainedField, FieldContent, TextFacets, TextRule } from './pack/constraints/field.ts';
export type { Constraint, ConstraintReport, LeftOut } from './pack/constraints/report.ts';
export type { PackHarness } from './pack/harness.ts';
export { type Mistreated, type MutationOptions, type MutationReport, mutateMessages } from './pack/mutating/run.ts';
export { packSuite } from './pack/suite.ts';
export { type Clock, type TestClock, testClock } from './tools/clock.ts';
export { eventually, settled, stays, type WaitOptions } from './tools/eventually.ts';
export { type LogLine, recordingLog, silentLog } from './tools/log.ts';
export { expectNoNewHandles, openHandles } from './tools/open-handles.ts';
export { makeFolder, removeFolder, temporaryFolder } from './tools/temporary-folder.ts';
export { hasVehicle } from './tools/vehicle.ts';
export {
  type Carried,
  faultKinds,
  type Outside,
  type OutsideMessage,
  type Put,
  type RawSettings,
  type TransportHarness,
  type Troubles,
} from './transport/harness.ts';
export { Desk, Held } from './transport/held.ts';
export { type ListenOptions, newMessage, Rig } from './transport/rig.ts';
export { transportSuite } from './transport/suite.ts';
