import { isWaybillError } from '@waybill/contract';
import { finishedOf } from '../stories.ts';
import { openJournal, say } from './opening.ts';

/** Opens the journal and finishes messages until something fails; says the ids that it was promised, then the code. */
const most = Number(process.argv[3] ?? '1');
try {
  const journal = await openJournal();
  for (let index = 0; index < most; index += 1) {
    const id = `m-${index}`;
    await journal.inbox.settle(finishedOf(id, [`leg-${id}`]));
    say(id);
  }
} catch (error) {
  say(isWaybillError(error) ? `${error.code} ${error.retryable}` : String(error));
}
process.exit();
