import type { MessagePackDefinition } from '@waybill/contract';
import { describe } from 'vitest';
import { askAboutComposing } from './composing.ts';
import { askAboutConstraints } from './constraints/asking.ts';
import { askAboutDeclarations } from './declared.ts';
import { type PackHarness, sampledTypes } from './harness.ts';
import { askAboutPeople } from './people.ts';
import { askAboutReading } from './reading.ts';
import { askAboutReplies } from './replies.ts';
import { askAboutTrouble } from './trouble.ts';

/**
 * Registers, with vitest, the questions that every message pack has to answer: whether it declares itself well, whether
 * its functions are pure, whether it recognises, reads and writes its own samples, writes the data of its events, answers,
 * refuses what breaks a constraint of its fields, and is sound in the face of what it does not understand. To be called at the top level of a test file.
 */
export function packSuite(pack: MessagePackDefinition, harness: PackHarness = {}): void {
  describe(`the message pack "${pack.name}"`, () => {
    const types = sampledTypes(pack, harness);
    askAboutDeclarations(pack, harness);
    for (const sampled of types) {
      askAboutReading(pack, harness, sampled);
      askAboutComposing(pack, harness, sampled);
      askAboutReplies(pack, harness, sampled);
    }
    askAboutPeople(pack, harness);
    askAboutConstraints(pack, harness, types);
    askAboutTrouble(pack, harness, types);
  });
}
