import { createRequire } from 'node:module';
import type * as ibmmq from 'ibmmq';

type Declared = typeof ibmmq.MQC;

type Constants = { readonly [Name in keyof Declared]: Name extends `MQFMT_${string}` ? string : number };

/** The constants of the MQI, from the package. Where it is not installed there are none: tests ask `hasStandIn` then, and run nothing. */
export const MQC = constants();

function constants(): Constants {
  const require = createRequire(import.meta.url);
  // Its main module would load a client library; its list of constants does not.
  const list = 'ibmmq/lib/mqidefs.js';
  try {
    require.resolve(list);
  } catch {
    return {} as Constants;
  }
  return require(list) as Constants;
}

/** What a verb answers: how it ended and, unless it failed, what comes with it. */
export interface Outcome {
  readonly compCode: number;
  readonly reason: number;
  readonly parts: readonly Part[];
}

export type Part = number | bigint | Buffer;

export function done(...parts: readonly Part[]): Outcome {
  return { compCode: MQC.MQCC_OK, reason: MQC.MQRC_NONE, parts };
}

/** The call took effect, and there is something to say about it. */
export function warned(reason: number, ...parts: readonly Part[]): Outcome {
  return { compCode: MQC.MQCC_WARNING, reason, parts };
}

export function failed(reason: number): Outcome {
  return { compCode: MQC.MQCC_FAILED, reason, parts: [] };
}

/** Whether a number made of flags has one of them set. */
export function has(options: number, flag: number): boolean {
  return (options & flag) !== 0;
}

/** Thrown where a call cannot be done; its answer is `failed` with the reason. */
export class Refusal extends Error {
  readonly reason: number;

  constructor(reason: number) {
    super(`reason ${reason}`);
    this.reason = reason;
  }
}
