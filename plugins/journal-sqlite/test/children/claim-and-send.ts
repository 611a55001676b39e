import { openAt } from '../opening.ts';
import { claimOf, legOf, start } from '../stories.ts';

/** Publishes a hundred legs of its own and sends whatever it gets, until nothing is left; prints each id that it sent. */
const [path = '', name = ''] = process.argv.slice(2);
const journal = await openAt(path);
const published = Promise.all(Array.from({ length: 100 }, (_, index) => journal.publish([legOf(`${name}-${index}`)], { at: start })));

for (;;) {
  const { jobs, nextDue } = await journal.claimOutbox({ ...claimOf(), limit: 7 });
  for (const { leg } of jobs) {
    await journal.sent({ destination: 'erp', id: leg.message.id }, { at: start, archive: false });
    process.stdout.write(`${leg.message.id}\n`);
  }
  if (jobs.length === 0 && nextDue === undefined) break;
}
await published;
await journal.close();
