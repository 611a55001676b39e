import { endingOf, everything, idsOf, sent } from '../stories.ts';
import { openJournal, say, told } from './opening.ts';

/** Claims what is due and says how much it was; when told to, says how the end of each claim was answered. */
const journal = await openJournal();
const { jobs } = await journal.outbox.claim(everything);
say(idsOf(jobs).join(' '));
await told();
for (const job of jobs) say((await journal.outbox.settle(endingOf(job, sent))).outcome);
