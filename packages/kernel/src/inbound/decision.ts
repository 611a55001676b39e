import type { Leg, Message, WaybillError } from '@waybill/contract';
import type { Verdict } from '../verdict.ts';

/** What was decided about a message in hand. */
export type Decision =
  | { readonly do: 'finish'; readonly reply: Message | undefined; readonly legs: readonly Leg[] }
  | (Verdict & {
      readonly error: WaybillError;
      readonly reply: Message | undefined;
      /** What tells the sender of it, where its message is no longer in hand. */
      readonly legs: readonly Leg[];
    });
