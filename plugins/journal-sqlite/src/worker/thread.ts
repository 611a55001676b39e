import { type FileService, openFile } from '@waybill/sqlite/thread';
import { meanings } from '../errors.ts';
import type { Operations, ThreadData } from '../wire/operations.ts';
import { clocksFrom } from './clock.ts';
import { viewingService, writingService } from './journal-service.ts';
import { journalFile } from './schema.ts';

/** What a thread does with the file of a journal. */
export const service: FileService<ThreadData, Partial<Operations>> = {
  open(data) {
    const database = openFile(journalFile, { ...data, migrate: !data.isProbe, create: !data.isDesk });
    if (data.isProbe) return { database, operations: {}, kinds: {} };
    try {
      const clocks = clocksFrom(data.clocks);
      const { path, owner, isDesk = false } = data;
      return owner ? writingService(database, { path, owner, clocks, isDesk }) : viewingService(database, clocks);
    } catch (error) {
      database.close();
      throw error;
    }
  },
  meanings,
};
