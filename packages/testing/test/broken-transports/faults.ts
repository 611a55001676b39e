import { memoryTransport } from '../../src/memory/transport/transport.ts';
import { harnessFor } from '../memory-harness.ts';
import { definitionFaults } from './definition.ts';
import type { Fault } from './fault.ts';
import { holdingFaults } from './holding.ts';
import { outcomeFaults } from './outcomes.ts';
import { receivingFaults } from './receiving.ts';
import { replyFaults } from './replies.ts';
import { requestFaults, sendingFaults } from './sending.ts';
import { settlingFaults } from './settling.ts';
import { stoppingFaults, troubleFaults } from './stopping.ts';

export const faults: readonly Fault[] = [
  ...receivingFaults,
  ...settlingFaults,
  ...holdingFaults,
  ...stoppingFaults,
  ...troubleFaults,
  ...replyFaults,
  ...sendingFaults,
  ...outcomeFaults,
  ...requestFaults,
  ...definitionFaults,
];

const sound = memoryTransport({ name: 'sound' });

/** For comparison: nothing is wrong with this one. */
export const control = { name: 'sound', transport: sound.transport, harness: harnessFor(sound) };
