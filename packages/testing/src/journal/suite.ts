import { describe } from 'vitest';
import { asker } from './bench.ts';
import { askAboutManifests } from './control/manifests.ts';
import { askAboutPausing } from './control/pausing.ts';
import { askAboutPresence } from './control/presence.ts';
import { askAboutRecording } from './control/recording.ts';
import { askAboutTallies } from './control/tallies.ts';
import { askAboutCounting } from './desk/counting.ts';
import { askAboutForgetting } from './desk/forgetting.ts';
import { askAboutListing } from './desk/listing.ts';
import { askAboutRepairing } from './desk/repairing.ts';
import { askAboutAttempts } from './inbox/attempts.ts';
import { askAboutFinishing } from './inbox/finishing.ts';
import { askAboutStoring } from './inbox/storing.ts';
import { askAboutBlocked } from './order/blocked.ts';
import { askAboutOrder } from './order/keys.ts';
import { askAboutPublishing } from './outbox/publishing.ts';
import { askAboutRaising } from './outbox/raising.ts';
import { askAboutReports } from './outbox/reports.ts';
import { askAboutSending } from './outbox/sending.ts';
import { askAboutClosing } from './owners/closing.ts';
import { askAboutCrashes } from './owners/crashing.ts';
import { askAboutLeases } from './owners/leases.ts';
import { askAboutSharing } from './owners/sharing.ts';
import { askAboutTokens } from './owners/tokens.ts';
import { askAboutChoosing } from './replays/choosing.ts';
import { askAboutReplays } from './replays/working.ts';
import type { JournalSubject } from './subject.ts';

export interface JournalSuiteOptions {
  readonly name: string;
  /** Called for every question. */
  readonly open: () => Promise<JournalSubject>;
  /** How long to wait for anything at most, in milliseconds of real time. Default 10,000. */
  readonly patience?: number | undefined;
}

/**
 * Registers, with vitest, the questions that every journal has to answer the same way: each rule of `Journal`, `Inbox`,
 * `Outbox`, `Desk`, `Replays` and `Control` in the contract is one of them. What the subject has no means for (a second opening, a crash, a process
 * that is suspended) is not asked. To be called at the top level of a test file.
 */
export function journalSuite({ name, open, patience }: JournalSuiteOptions): void {
  describe(`${name}, as a journal`, async () => {
    const probe = await open();
    await probe.journal.close();
    await probe.dispose();
    const ask = asker(open, patience);
    askAboutFinishing(ask);
    askAboutAttempts(ask);
    askAboutStoring(ask);
    askAboutPublishing(ask);
    askAboutSending(ask);
    askAboutReports(ask);
    askAboutRaising(ask);
    askAboutOrder(ask);
    askAboutBlocked(ask);
    askAboutListing(ask);
    askAboutRepairing(ask);
    askAboutChoosing(ask);
    askAboutReplays(ask, probe);
    askAboutCounting(ask);
    askAboutForgetting(ask);
    askAboutPausing(ask, probe);
    askAboutRecording(ask, probe);
    askAboutPresence(ask, probe);
    askAboutTallies(ask, probe);
    askAboutManifests(ask, probe);
    askAboutTokens(ask);
    askAboutClosing(ask, probe);
    if (probe.reopen) askAboutSharing(ask);
    askAboutLeases(ask, probe);
    askAboutCrashes(ask, probe);
  });
}
