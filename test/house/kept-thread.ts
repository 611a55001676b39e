import { join } from 'node:path';
import { makeFolder, removeFolder } from '@waybill/testing';
import { openQueues } from '@waybill/transport-queue';
import { afterAll, beforeAll } from 'vitest';

/**
 * Keeps the thread that works on files of SQLite for all tests of a file: it ends with the last file that is open, and to start
 * it takes 0.1 s of processor time.
 */
export function keepThread(): void {
  const kept: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const folder = await makeFolder();
    const queues = await openQueues({ path: join(folder, 'kept.db') });
    kept.push(
      () => queues.close(),
      () => removeFolder(folder),
    );
  });
  afterAll(async () => {
    for (const end of kept) await end();
  });
}
