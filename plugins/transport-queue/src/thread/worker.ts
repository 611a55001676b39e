import { type FileService, openFile } from '@waybill/sqlite/thread';
import { meanings } from '../errors.ts';
import type { FileSettings, QueueOperations } from './protocol.ts';
import { queueFile } from './queue-file.ts';
import { queueService } from './queue-service.ts';

/** What the thread does with a file of queues. */
export const service: FileService<FileSettings, QueueOperations> = {
  open(settings) {
    const database = openFile(queueFile, settings);
    try {
      return queueService(database, settings);
    } catch (error) {
      database.close();
      throw error;
    }
  },
  meanings,
};
