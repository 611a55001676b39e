import type { AnyTransport } from '@waybill/contract';
import { describe } from 'vitest';
import { askAboutDefinition } from './about-definition.ts';
import { askAboutGuarantees } from './about-guarantees.ts';
import { askAboutReceiving } from './about-receiving.ts';
import { askAboutRequests } from './about-requests.ts';
import { askAboutSending } from './about-sending.ts';
import { askAboutStopping } from './about-stopping.ts';
import { askAboutTrouble } from './about-trouble.ts';
import { askAboutUnits } from './about-units.ts';
import type { Outside, TransportHarness } from './harness.ts';
import { asker } from './question.ts';

/**
 * Registers the questions that every transport has to answer: the rules of `run`, `send`, `request` and `close`, and
 * one or more for each guarantee that the definition declares. What is not declared is not asked. To be called at the
 * top level of a test file.
 */
export function transportSuite<World extends Outside>(transport: AnyTransport, harness: TransportHarness<World>): void {
  // The world comes from the harness and goes back to it only, so its own type does not matter in between.
  const erased = harness as unknown as TransportHarness;
  const ask = asker(transport, erased);
  describe(`the transport "${transport.name}"`, () => {
    askAboutDefinition(transport, erased);
    if (transport.receive) {
      askAboutReceiving(ask, transport, erased);
      askAboutStopping(ask, transport.receive.guarantees);
      askAboutGuarantees(ask, transport.receive.guarantees, erased);
    }
    if (transport.send) {
      askAboutSending(ask, transport.send.guarantees, erased);
      askAboutRequests(ask, transport.send.guarantees);
    }
    askAboutUnits(ask, transport);
    askAboutTrouble(ask, transport, erased);
  });
}
