import type { Journal } from '@waybill/contract';
import { describe } from 'vitest';
import { askAboutClosing } from './journal/journal-closing-questions.ts';
import { askAboutFinishing } from './journal/journal-finish-questions.ts';
import { askAboutKnownLegs } from './journal/journal-known-leg-questions.ts';
import { askAboutOperators } from './journal/journal-operator-questions.ts';
import { askAboutOutbox } from './journal/journal-outbox-questions.ts';
import { askAboutReopening } from './journal/journal-reopen-questions.ts';
import { askAboutStoring } from './journal/journal-store-questions.ts';

/** A journal to ask questions of. */
export interface JournalSubject {
  /** Empty at first. The suite closes it. */
  readonly journal: Journal;
  /**
   * Opens the same journal once more, as a second process or the next start would: also while `journal` is open. The
   * suite closes what it gets. A journal without it does not outlive its process, and is not asked what it remembers.
   */
  readonly reopen?: () => Promise<Journal>;
  /** Removes what is left behind. Called after everything was closed. */
  readonly dispose: () => Promise<void>;
}

export interface JournalSuiteOptions {
  readonly name: string;
  /** Called for every question. */
  readonly open: () => Promise<JournalSubject>;
}

/** Wraps a question: it gets a journal of its own, which is closed and disposed of afterwards. */
export type Ask = (question: (journal: Journal, reopen: () => Promise<Journal>) => Promise<void>) => () => Promise<void>;

/**
 * Registers, with vitest, the questions that every journal has to answer the same way: each rule of `Journal` in the
 * contract is one of them. Where the contract leaves a choice, the suite has made it:
 *
 * - A leg that its destination knows by its id is left as it is, whatever has become of it; the rest of its step is
 *   recorded. Without an id of its own, a publication is answered with true when one of its legs was new, else with
 *   false: so is the repetition of a call.
 * - A failure told again, with no claim in between, is counted once. One told by somebody whose lease ran out, and whose
 *   message another one has claimed since, does not end that claim.
 * - What is sent or finished is done, also when it was given up meanwhile.
 * - A replay gives a message all its attempts again; the list of its failures stays. It keeps its place in the order.
 * - In strict order, what was given up holds up nobody.
 * - The id of a publication is remembered for as long as one of its legs.
 */
export function journalSuite({ name, open }: JournalSuiteOptions): void {
  describe(`${name}, as a journal`, async () => {
    const probe = await open();
    await probe.journal.close();
    await probe.dispose();
    const ask = askWith(open);
    askAboutFinishing(ask);
    askAboutStoring(ask);
    askAboutOutbox(ask);
    askAboutKnownLegs(ask);
    askAboutOperators(ask);
    askAboutClosing(ask);
    if (probe.reopen) askAboutReopening(ask);
  });
}

function askWith(open: JournalSuiteOptions['open']): Ask {
  return (question) => async () => {
    const subject = await open();
    const opened = [subject.journal];
    const reopen = async (): Promise<Journal> => {
      if (!subject.reopen) throw new TypeError('This journal cannot be opened again.');
      const journal = await subject.reopen();
      opened.push(journal);
      return journal;
    };
    try {
      await question(subject.journal, reopen);
    } finally {
      await Promise.all(opened.map((journal) => journal.close()));
      await subject.dispose();
    }
  };
}
