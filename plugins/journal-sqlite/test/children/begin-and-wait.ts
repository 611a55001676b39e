import { factsOf, legOf } from '../stories.ts';
import { openJournal, say, told } from './opening.ts';

/** Begins to work on a message, and to send a leg at once; waits to be killed meanwhile. */
const journal = await openJournal();
await journal.inbox.begin({ entry: 'orders', id: 'm-1' }, factsOf('m-1'));
await journal.outbox.begin(legOf('at-once'));
say('begun');
await told();
