// The entry of each thread that works on files: opens a service for each link, and ends when it is told to.
import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { factsOf, reasonOf } from '../fault.ts';
import type { Opening, Said } from '../protocol.ts';
import { ServedFile } from './served-file.ts';
import type { AnyService, FileService } from './service.ts';

parentPort?.on('message', (opening: Opening | null) => {
  if (opening === null) parentPort?.close();
  else void openService(opening);
});

async function openService({ entry, data, port }: Opening): Promise<void> {
  const end = (last: Said): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
    port.postMessage(last);
    port.close();
  };
  try {
    const { service } = (await import(entry)) as { readonly service: FileService<Opening['data']> };
    // Whoever says something before the greeting does not want the service any more.
    if (receiveMessageOnPort(port)) return port.close();
    const opened = openFile(service, data);
    if ('failure' in opened) end(opened);
    else new ServedFile({ service: opened, meanings: service.meanings, path: data.path, port }).open();
  } catch (error) {
    end({ ended: reasonOf(error) });
  }
}

function openFile(
  { open, meanings }: FileService<Opening['data']>,
  data: Opening['data'],
): AnyService | Extract<Said, { readonly failure: unknown }> {
  try {
    return open(data) as unknown as AnyService;
  } catch (error) {
    return { failure: factsOf(error, meanings, data.path) };
  }
}
