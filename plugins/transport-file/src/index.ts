import { defineTransport } from '@waybill/contract';
import { FileSender } from './file-sender.ts';
import { Folder } from './folder.ts';
import { FolderListener } from './folder-listener.ts';
import * as settings from './settings.ts';

export { errors } from './errors.ts';

export default defineTransport({
  name: 'file',
  summary: 'Reads messages from a folder and writes messages to one.',
  connection: settings.folder,
  connect: (config) => Folder.open(config),
  probe: (folder) => folder.probe(),
  receive: {
    endpoint: settings.source,
    guarantees: { transacted: 'receive', ordered: 'per-endpoint', replies: 'no', redelivers: true, countsAttempts: false },
    open: (folder, source, context) => FolderListener.open(folder, source, context),
  },
  send: {
    endpoint: settings.target,
    guarantees: { requestReply: false, joinsUnits: false, deduplicates: true },
    open: (folder, target) => FileSender.open(folder, target),
  },
});
