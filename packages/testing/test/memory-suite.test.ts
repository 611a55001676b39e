import { memoryTransport } from '../src/memory/memory-transport.ts';
import { transportSuite } from '../src/transport/suite.ts';
import { harnessFor } from './memory-harness.ts';

const plain = memoryTransport();
transportSuite(plain.transport, harnessFor(plain));

const withUnits = memoryTransport({ name: 'memory-with-units', units: true });
transportSuite(withUnits.transport, harnessFor(withUnits));
