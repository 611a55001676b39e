import { memoryTransport } from '../src/memory/transport/transport.ts';
import { transportSuite } from '../src/transport/suite.ts';
import { harnessFor } from './memory-harness.ts';

const memory = memoryTransport();
transportSuite(memory.transport, harnessFor(memory));
