import type { AnyTransport } from '@waybill/contract';
import { afterAll, describe } from 'vitest';
import { Answers } from './asking/answers.ts';
import { type Ask, asker } from './asking/question.ts';
import { writeReport } from './asking/report.ts';
import { askAboutDyingListeners } from './crashing/receiving.ts';
import { askAboutDyingSenders } from './crashing/sending.ts';
import { askAboutDyingWhileSendersWait } from './crashing/waiting.ts';
import { askAboutConnections } from './definition/connection.ts';
import { askAboutCounterparts } from './definition/counterparts.ts';
import { askAboutDefinition } from './definition/declared.ts';
import type { Outside, TransportHarness } from './harness.ts';
import { askAboutCrashes } from './receiving/crashes.ts';
import { askAboutHandingOver } from './receiving/handing-over.ts';
import { askAboutHolding } from './receiving/holding.ts';
import { askAboutOrder } from './receiving/order.ts';
import { askAboutRedelivery } from './receiving/redelivery.ts';
import { askAboutReplies } from './receiving/replies.ts';
import { askAboutReports } from './receiving/reports.ts';
import { askAboutSettling } from './receiving/settling.ts';
import { askAboutStopping } from './receiving/stopping.ts';
import { askAboutAnswers } from './sending/answers.ts';
import { askAboutDuplicates } from './sending/duplicates.ts';
import { askAboutOutcomes } from './sending/outcomes.ts';
import { askAboutRecipients } from './sending/recipients.ts';
import { askAboutRequests } from './sending/requests.ts';
import { askAboutSending } from './sending/sending.ts';

export interface TransportSuiteOptions {
  /**
   * A file that says afterwards what was shown: the level that was reached, each question with its outcome, what was not asked and
   * why, and the versions of everything. A relative path begins at the folder in which the tests are started. Default: none.
   */
  readonly report?: string | URL | undefined;
}

/**
 * Registers the questions that every transport has to answer: the rules of `run`, `reply`, `send`, `request` and `close`, one
 * or more for each guarantee that the definition declares, and one or more for each trouble that the harness can make. What
 * is not declared is not asked. To be called at the top level of a test file.
 */
export function transportSuite<World extends Outside>(
  transport: AnyTransport,
  harness: TransportHarness<World>,
  { report }: TransportSuiteOptions = {},
): void {
  // The world comes from the harness and goes back to it only, so its own type does not matter in between.
  const erased = harness as unknown as TransportHarness;
  const answers = new Answers();
  const ask = asker(transport, erased, answers);
  describe(`the transport "${transport.name}"`, () => {
    if (report !== undefined) afterAll(() => writeReport(report, transport, erased, answers));
    askAboutDefinition(ask, transport);
    askAboutConnections(ask, transport);
    askAboutCounterparts(ask, transport);
    if (transport.receive) askTheReceivingSide(ask, transport.receive.guarantees, erased);
    if (transport.send) askTheSendingSide(ask, transport.send.guarantees, erased);
  });
}

function askTheReceivingSide(ask: Ask, guarantees: NonNullable<AnyTransport['receive']>['guarantees'], harness: TransportHarness): void {
  askAboutHandingOver(ask, harness);
  askAboutSettling(ask, guarantees);
  askAboutStopping(ask, guarantees);
  askAboutCrashes(ask, guarantees);
  askAboutRedelivery(ask, guarantees);
  askAboutOrder(ask, guarantees);
  askAboutHolding(ask, guarantees, harness);
  askAboutReplies(ask, guarantees);
  askAboutReports(ask);
  askAboutDyingListeners(ask, guarantees);
  askAboutDyingWhileSendersWait(ask, guarantees);
}

function askTheSendingSide(ask: Ask, guarantees: NonNullable<AnyTransport['send']>['guarantees'], harness: TransportHarness): void {
  askAboutSending(ask, harness);
  askAboutOutcomes(ask);
  askAboutDuplicates(ask, guarantees);
  askAboutRecipients(ask);
  askAboutAnswers(ask);
  askAboutRequests(ask, guarantees);
  askAboutDyingSenders(ask, guarantees);
}
