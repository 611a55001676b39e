export { type Clock, type TestClock, testClock } from './clock.ts';
export { errors } from './errors.ts';
export { eventually, settled, stays, type WaitOptions } from './eventually.ts';
export { type JournalSubject, type JournalSuiteOptions, journalSuite } from './journal-suite.ts';
export {
  type MemoryJournal,
  MemoryJournalFile,
  type MemoryJournalOptions,
  memoryJournal,
  memoryJournalPlugin,
} from './memory/journal/journal.ts';
export { type Memory, type MemoryTransport, type MemoryTransportOptions, memoryTransport } from './memory/memory-transport.ts';
export { expectNoNewHandles, openHandles } from './open-handles.ts';
export { type LogLine, recordingLog, silentLog } from './silent-log.ts';
export { makeFolder, removeFolder, temporaryFolder } from './temporary-folder.ts';
export { Desk, Held } from './transport/desk.ts';
export type { Carried, Outside, OutsideMessage, Put, RawSettings, TransportHarness } from './transport/harness.ts';
export { newMessage, Rig } from './transport/rig.ts';
export { transportSuite } from './transport/suite.ts';
