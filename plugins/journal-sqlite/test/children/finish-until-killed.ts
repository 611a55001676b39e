import { finishedOf } from '../stories.ts';
import { openJournal, say } from './opening.ts';

/** Finishes messages without end, sixteen at a time, and says the id of each when the journal has promised it. */
const round = process.argv[3] ?? '';
const journal = await openJournal();
let last = 0;

async function finishOneAfterTheOther(): Promise<never> {
  for (;;) {
    last += 1;
    const id = `${round}-${last}`;
    await journal.inbox.settle(finishedOf(id, [`leg-${id}`]));
    say(id);
  }
}

await Promise.all(Array.from({ length: 16 }, finishOneAfterTheOther));
