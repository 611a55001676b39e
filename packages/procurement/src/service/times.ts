import { punchoutErrors } from './errors.ts';

/** How long things are good for, in seconds. */
export interface Times {
  /** A start address that nobody has used, 1 to 3,600. A buyer may have its own. Default 600. */
  readonly start: number;
  /** A session, whatever is done in it. Default 28,800: a working day. */
  readonly session: number;
  /** What was returned, for a reload of the page. Default 86,400: a day. */
  readonly document: number;
  /** The auxiliary ids of returned lines, by which an edit is known: people change requisitions that are months old. Default 34,560,000: 400 days. */
  readonly lines: number;
}

const defaults: Times = { start: 600, session: 28_800, document: 86_400, lines: 34_560_000 };

/** Throws WB_PUNCHOUT_WRONG. */
export function checkedTimes(told: Partial<Times> = {}): Times {
  const times = { ...defaults, ...told };
  for (const [name, seconds] of Object.entries(times)) {
    const most = name === 'start' ? 3_600 : 1_000_000_000;
    if (Number.isSafeInteger(seconds) && seconds >= 1 && seconds <= most) continue;
    throw punchoutErrors.WB_PUNCHOUT_WRONG(
      `The time "${name}" of the PunchOut service is ${seconds}; it is a whole number of seconds from 1 to ${most}.`,
    );
  }
  return times;
}
