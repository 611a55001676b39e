import { isWaybillError } from '@waybill/contract';
import { openAt } from '../opening.ts';
import { finishedOf } from '../stories.ts';

/** Opens the journal and finishes messages until something fails; prints the ids that it was promised, then the code. */
const [path = '', most = '1'] = process.argv.slice(2);
try {
  const journal = await openAt(path);
  for (let index = 0; index < Number(most); index += 1) {
    const id = `m-${index}`;
    await journal.finish(finishedOf(id, [`leg-${id}`]));
    process.stdout.write(`${id}\n`);
  }
} catch (error) {
  process.stdout.write(isWaybillError(error) ? `${error.code} ${error.retryable}\n` : `${String(error)}\n`);
}
process.exit();
