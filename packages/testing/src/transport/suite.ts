import type { AnyTransport } from '@waybill/contract';
import { describe } from 'vitest';
import { askAboutConnections } from './definition/connection.ts';
import { askAboutDefinition } from './definition/declared.ts';
import type { Outside, TransportHarness } from './harness.ts';
import { type Ask, asker } from './question.ts';
import { askAboutCrashes } from './receiving/crashes.ts';
import { askAboutHandingOver } from './receiving/handing-over.ts';
import { askAboutHolding } from './receiving/holding.ts';
import { askAboutOrder } from './receiving/order.ts';
import { askAboutRedelivery } from './receiving/redelivery.ts';
import { askAboutReplies } from './receiving/replies.ts';
import { askAboutReports } from './receiving/reports.ts';
import { askAboutSettling } from './receiving/settling.ts';
import { askAboutStopping } from './receiving/stopping.ts';
import { askAboutDuplicates } from './sending/duplicates.ts';
import { askAboutOutcomes } from './sending/outcomes.ts';
import { askAboutRecipients } from './sending/recipients.ts';
import { askAboutRequests } from './sending/requests.ts';
import { askAboutSending } from './sending/sending.ts';

/**
 * Registers the questions that every transport has to answer: the rules of `run`, `reply`, `send`, `request` and `close`, one
 * or more for each guarantee that the definition declares, and one or more for each trouble that the harness can make. What
 * is not declared is not asked. To be called at the top level of a test file.
 */
export function transportSuite<World extends Outside>(transport: AnyTransport, harness: TransportHarness<World>): void {
  // The world comes from the harness and goes back to it only, so its own type does not matter in between.
  const erased = harness as unknown as TransportHarness;
  const ask = asker(transport, erased);
  describe(`the transport "${transport.name}"`, () => {
    askAboutDefinition(transport, erased);
    askAboutConnections(ask, transport, erased);
    if (transport.receive) askTheReceivingSide(ask, transport.receive.guarantees, erased);
    if (transport.send) askTheSendingSide(ask, transport.send.guarantees, erased);
  });
}

function askTheReceivingSide(ask: Ask, guarantees: NonNullable<AnyTransport['receive']>['guarantees'], harness: TransportHarness): void {
  askAboutHandingOver(ask, harness);
  askAboutSettling(ask, guarantees, harness);
  askAboutStopping(ask, guarantees);
  askAboutCrashes(ask, guarantees);
  askAboutRedelivery(ask, guarantees);
  askAboutOrder(ask, guarantees);
  askAboutHolding(ask, guarantees, harness);
  askAboutReplies(ask, guarantees, harness);
  askAboutReports(ask, harness);
}

function askTheSendingSide(ask: Ask, guarantees: NonNullable<AnyTransport['send']>['guarantees'], harness: TransportHarness): void {
  askAboutSending(ask, harness);
  askAboutOutcomes(ask, harness);
  askAboutDuplicates(ask, guarantees);
  askAboutRecipients(ask, harness);
  askAboutRequests(ask, guarantees, harness);
}
