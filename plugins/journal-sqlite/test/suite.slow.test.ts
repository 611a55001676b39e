import { join } from 'node:path';
import { journalSuite } from '@waybill/testing';
import { openAt, temporaryFolder } from './opening.ts';

journalSuite({
  name: 'the SQLite journal',
  open: async () => {
    const folder = await temporaryFolder();
    const path = join(folder.path, 'journal.db');
    return { journal: await openAt(path), reopen: () => openAt(path), dispose: folder.remove };
  },
});
