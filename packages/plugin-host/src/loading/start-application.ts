import { isWaybillError } from '@waybill/contract';
import type { ApplicationSpec, Publisher } from '@waybill/contract/application';
import { callPlugin, openLimit } from '../calling/call-plugin.ts';
import { pluginErrors } from '../errors.ts';

/** How long `started` of an application may take, in milliseconds. */
const startLimit = 60_000;

/** Tells an application that messages move, and waits up to a minute. Throws `WB_APP_FAILED`, or what the application threw where that is an error of the contract. */
export function startApplication(application: ApplicationSpec, publisher: Publisher): Promise<void> {
  return tell('Starting', async () => application.started?.(publisher), startLimit);
}

/** Tells an application that everything has settled, and waits up to 15 seconds. Throws as `startApplication` does. */
export function stopApplication(application: ApplicationSpec): Promise<void> {
  return tell('Stopping', async () => application.stopped?.(), openLimit);
}

function tell(what: 'Starting' | 'Stopping', step: () => Promise<void>, limit: number): Promise<void> {
  const late = () => pluginErrors.WB_APP_FAILED(`${what} the application took longer than ${limit / 1000} s.`);
  const guarded = () =>
    step().catch((cause: unknown) => {
      throw isWaybillError(cause) ? cause : pluginErrors.WB_APP_FAILED(`${what} the application failed.`, { cause });
    });
  return callPlugin(what, guarded, { limit, late });
}
