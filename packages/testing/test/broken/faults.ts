import { memoryTransport } from '../../src/memory/memory-transport.ts';
import { harnessFor } from '../memory-harness.ts';
import { definitionFaults } from './definition-faults.ts';
import type { Fault } from './fault.ts';
import { receivingFaults } from './receiving-faults.ts';
import { requestFaults, sendingFaults } from './sending-faults.ts';
import { replyFaults, stoppingFaults, troubleFaults } from './stopping-faults.ts';

export const faults: readonly Fault[] = [
  ...receivingFaults,
  ...stoppingFaults,
  ...troubleFaults,
  ...replyFaults,
  ...sendingFaults,
  ...requestFaults,
  ...definitionFaults,
];

const sound = memoryTransport({ name: 'sound', units: true });

/** For comparison: nothing is wrong with this one. */
export const control = { name: 'sound', transport: sound.transport, harness: harnessFor(sound) };
