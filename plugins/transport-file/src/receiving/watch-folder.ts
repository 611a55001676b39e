import { watch } from 'node:fs';
import type { Log } from '@waybill/contract';

/**
 * Calls `changed` when the operating system reports a change of a file that `matches`, or does not say of which. This is only a
 * hint: there are no reports on network drives, and watches may run out, so the caller also has to look from time to time. The
 * function that comes back ends the watch.
 */
export function watchFolder(folder: string, matches: (name: string) => boolean, changed: () => void, log: Log): () => void {
  try {
    const watcher = watch(folder, (_, name) => {
      if (name === null || matches(name)) changed();
    });
    watcher.on('error', (error) => {
      log.debug(
        { folder, error: error.message },
        'the operating system no longer reports changes in the folder, it is looked at from time to time',
      );
      watcher.close();
    });
    return () => watcher.close();
  } catch (error) {
    log.debug({ folder, error: String(error) }, 'the operating system reports no changes in the folder, it is looked at from time to time');
    return () => undefined;
  }
}
