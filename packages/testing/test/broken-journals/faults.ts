import { claimFaults } from './claims.ts';
import { controlFaults } from './control.ts';
import { deskFaults } from './desk.ts';
import type { Fault } from './fault.ts';
import { inboxFaults } from './inbox.ts';
import { outboxFaults } from './outbox.ts';
import { ownerFaults } from './owners.ts';
import { replayEndFaults } from './replay-ends.ts';
import { replayFaults } from './replays.ts';

export const faults: readonly Fault[] = [
  ...inboxFaults,
  ...outboxFaults,
  ...claimFaults,
  ...ownerFaults,
  ...deskFaults,
  ...controlFaults,
  ...replayFaults,
  ...replayEndFaults,
];
