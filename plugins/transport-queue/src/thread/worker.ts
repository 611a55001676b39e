import { openFile, serve } from '@waybill/sqlite/thread';
import { meanings } from '../errors.ts';
import type { FileSettings, QueueOperations } from './protocol.ts';
import { queueFile } from './queue-file.ts';
import { queueService } from './queue-service.ts';

/* The entry of the thread that owns the file. */
serve<FileSettings, QueueOperations>((settings) => {
  const database = openFile(queueFile, settings);
  try {
    return queueService(database, settings);
  } catch (error) {
    database.close();
    throw error;
  }
}, meanings);
