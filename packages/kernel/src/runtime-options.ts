import type { ApplicationSpec, Handler, Log } from '@waybill/contract/application';
import type { CheckedManifest } from '@waybill/manifest';
import type { Clock } from './clock.ts';
import type { KernelStatus } from './desk/status.ts';
import type { Observers } from './observe.ts';

/** What a runtime is made from. */
export interface RuntimeOptions {
  readonly manifest: CheckedManifest;
  /** Given by code; else the manifest's `app`. */
  readonly application: ApplicationSpec | undefined;
  /** In addition to those of the application. */
  readonly handlers: readonly Handler[];
  readonly log: Log;
  readonly clock: Clock;
  readonly observers: Observers;
  /** What the kernel says of itself. */
  readonly status: () => KernelStatus;
}
