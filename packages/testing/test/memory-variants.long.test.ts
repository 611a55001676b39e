import { memoryTransport } from '../src/memory/transport/transport.ts';
import { transportSuite } from '../src/transport/suite.ts';
import { harnessFor, harnessWithRecipients } from './memory-harness.ts';

const waiting = memoryTransport({ name: 'memory-that-waits', waits: true });
transportSuite(waiting.transport, harnessFor(waiting));

const simple = memoryTransport({ name: 'memory-at-once', redelivers: 'at-once', exclusive: false, countsAttempts: false });
transportSuite(simple.transport, harnessFor(simple));

const limited = memoryTransport({ name: 'memory-that-gives-up', giveUpAfter: 4 });
transportSuite(limited.transport, harnessFor(limited));

const forSeveral = memoryTransport({ name: 'memory-for-several' });
transportSuite(forSeveral.transport, harnessWithRecipients(forSeveral));
