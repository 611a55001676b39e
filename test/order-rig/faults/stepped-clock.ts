import { readFileSync } from 'node:fs';

// Loaded into every thread of a process of the rig before anything else: the clock of the machine, put forward or back by as many
// milliseconds as the file says that `WAYBILL_RIG_CLOCK` names. Timers go on as they do when somebody sets a real clock.
const file = process.env['WAYBILL_RIG_CLOCK'] ?? '';
const now = Date.now;
/** How long what was read is used, in milliseconds. */
const kept = 20;
let step = 0;
let readAt = Number.NEGATIVE_INFINITY;

Date.now = () => {
  if (performance.now() - readAt > kept) {
    readAt = performance.now();
    try {
      step = Number(readFileSync(file, 'utf8'));
    } catch {
      // Nobody has set it yet.
    }
  }
  return now() + step;
};
