import { openAt } from '../opening.ts';
import { claimOf } from '../stories.ts';

/** Claims what is due, prints how much it was, and waits to be killed with it in hand. */
const journal = await openAt(process.argv[2] ?? '');
const { jobs } = await journal.claimOutbox(claimOf());
process.stdout.write(`${jobs.length}\n`);
process.stdin.resume();
