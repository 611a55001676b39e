import { watch } from 'node:fs';
import type { Log } from '@waybill/contract';

/**
 * Calls `changed` when the operating system tells of a change in the folder. A hint only: it tells nothing on network
 * drives and may run out of watches, so whoever watches also has to look from time to time. Ends with the function
 * that comes back.
 */
export function watchFolder(folder: string, changed: () => void, log: Log): () => void {
  try {
    const watcher = watch(folder, changed);
    watcher.on('error', (error) => {
      log.debug({ folder, error: error.message }, 'Changes in the folder are not told any more; looking from time to time.');
      watcher.close();
    });
    return () => watcher.close();
  } catch (error) {
    log.debug({ folder, error: String(error) }, 'Changes in the folder are not told; looking from time to time.');
    return () => undefined;
  }
}
