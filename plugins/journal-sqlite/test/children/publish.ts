import { legOf } from '../stories.ts';
import { openJournal, say, told } from './opening.ts';

/** Publishes a leg whenever it is told to. */
const journal = await openJournal();
say('open');
for (let number = 1; ; number += 1) {
  await told();
  await journal.outbox.publish([legOf(`l-${number}`)]);
  say('published');
}
