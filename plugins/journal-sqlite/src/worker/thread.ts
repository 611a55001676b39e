import { openFile, serve } from '@waybill/sqlite';
import { meanings } from '../meanings.ts';
import type { Operations, ThreadData } from '../wire/operations.ts';
import { viewingService, writingService } from './journal-service.ts';
import { journalFile } from './schema.ts';

/* The entry of the journal's threads. */
serve<ThreadData, Partial<Operations>>((data) => {
  const database = openFile(journalFile, data);
  try {
    return data.owner ? writingService(database, data.owner) : viewingService(database);
  } catch (error) {
    database.close();
    throw error;
  }
}, meanings);
