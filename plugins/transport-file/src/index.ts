import { defineTransport } from '@waybill/contract';
import { readerOf, writerOf } from './counterpart.ts';
import { Folder } from './folder.ts';
import { FolderListener } from './receiving/folder-listener.ts';
import { FileSender } from './sending/file-sender.ts';
import * as settings from './settings.ts';

export { errors } from './errors.ts';

const anHour = 3_600_000;

export default defineTransport({
  name: 'file',
  summary: 'Reads messages from a folder and writes messages to one.',
  connection: settings.folder,
  connect: (config, { log }) => Folder.open(config, log),
  probe: (folder) => folder.probe(),
  receive: {
    endpoint: settings.source,
    guarantees: {
      transacted: true,
      ordered: 'per-endpoint',
      shared: true,
      exclusive: false,
      replies: 'no',
      waits: false,
      // A file stays claimed, and out of sight, while it waits. People who look at the folder should not miss it for longer.
      redelivers: { upTo: anHour },
      countsAttempts: false,
    },
    // Of two such entries, each file would go to the faster one.
    rules: { unique: ['folder', 'pattern'] },
    counterpart: writerOf,
    open: (folder, source, context) => FolderListener.open(folder, source, context),
  },
  send: {
    endpoint: settings.target,
    guarantees: { requestReply: false, deduplicates: true },
    counterpart: readerOf,
    open: (folder, target) => FileSender.open(folder, target),
  },
});
