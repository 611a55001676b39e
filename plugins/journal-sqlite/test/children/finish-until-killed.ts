import { openAt } from '../opening.ts';
import { finishedOf } from '../stories.ts';

/** Finishes messages without end, sixteen at a time, and prints the id of each when the journal has promised it. */
const [path = '', round = ''] = process.argv.slice(2);
const journal = await openAt(path);
let last = 0;

async function finishOneAfterTheOther(): Promise<never> {
  for (;;) {
    last += 1;
    const id = `${round}-${last}`;
    await journal.finish(finishedOf(id, [`leg-${id}`]));
    process.stdout.write(`${id}\n`);
  }
}

await Promise.all(Array.from({ length: 16 }, finishOneAfterTheOther));
