import { endingOf, everything, legOf, sent } from '../stories.ts';
import { openJournal, say } from './opening.ts';

/** Publishes a hundred legs of its own and sends whatever it gets, until nothing is left; says the id of each that it sent. */
const name = process.argv[3] ?? '';
const journal = await openJournal();
const published = Promise.all(Array.from({ length: 100 }, (_, index) => journal.outbox.publish([legOf(`${name}-${index}`)])));
let rest = 0;

while (rest < 3) {
  const { jobs } = await journal.outbox.claim({ ...everything, limit: 7 });
  for (const job of jobs) {
    const { outcome } = await journal.outbox.settle(endingOf(job, sent));
    if (outcome === 'recorded') say(job.leg.message.id);
  }
  rest = jobs.length === 0 ? rest + 1 : 0;
  if (rest > 0) await published;
}
await journal.close();
