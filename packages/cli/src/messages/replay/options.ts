import type { ActOptions } from '../../desk/confirm.ts';
import type { DeskOptions } from '../../desk/open-desk.ts';
import type { Choice } from '../choose.ts';

export interface ReplayOptions extends DeskOptions, ActOptions, Choice {
  /** How many a second at most. */
  readonly rate?: string | undefined;
  /** The entry that gets the messages. */
  readonly to?: string | undefined;
  /** The file with the new body of the one message. */
  readonly body?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** The number of a replay that goes on, or ends. */
  readonly resume?: string | undefined;
  readonly cancel?: string | undefined;
}
