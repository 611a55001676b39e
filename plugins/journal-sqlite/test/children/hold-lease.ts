import { finishedOf, storedOf } from '../stories.ts';
import { openJournal, say, told } from './opening.ts';

/** Takes the lease of an entry, and says whether it has it and when it has lost it; when told to, tries to write under it. */
const journal = await openJournal();
const lease = await journal.lease('orders');
say(lease ? 'held' : 'refused');
lease?.lost.addEventListener('abort', () => say('lost'));
await told();
say(String((await journal.inbox.store(storedOf('m-1'), lease?.token))?.state));
say((await journal.inbox.settle({ ...finishedOf('m-2', ['l-2']), lease: lease?.token })).outcome);
await told();
