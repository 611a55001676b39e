import type { Observation } from '@waybill/kernel';
import { printable } from '../desk/table.ts';
import { clockTime, type Paint, plain } from './paint.ts';

const well = new Set<Observation['outcome']>(['done', 'stored', 'duplicate', 'released', 'sent', 'answered']);
/** Nobody can tell yet: it is tried again, or the far side had something to say. */
const open = new Set<Observation['outcome']>(['retry', 'postponed', 'reported']);

/** Whether the step ended well: the message was not given up, refused or put off, and nobody said anything against it. */
export function endsWell({ outcome }: Pick<Observation, 'outcome'>): boolean {
  return well.has(outcome);
}

export const traceHeading = line(['time', 'way', 'message', 'from → to', 'outcome', 'took']);

/** One step of one message as one line: when, which way, what, from where to where, how long it took, how it ended. */
export function traceLine(seen: Observation, paint: Paint = plain): string {
  const place = `${seen.name} (${seen.transport})`;
  const way = seen.direction === 'in' ? `${place} → store` : `store → ${place}`;
  const colour = endsWell(seen) ? 'green' : open.has(seen.outcome) ? 'yellow' : 'red';
  const further = [seen.reply && `with ${seen.reply}`, seen.code, seen.detail && `(${seen.detail})`];
  const outcome = [paint(colour, seen.outcome), ...further.flatMap((text) => (text ? [printable(text)] : []))].join(' ');
  return line([clockTime(seen.at), seen.direction, seen.type ?? '(unknown)', way, outcome, `${seen.took.toFixed(1)} ms`]);
}

function line([time = '', way = '', message = '', places = '', outcome = '', took = '']: readonly string[]): string {
  return `${time.padEnd(12)}  ${way.padEnd(3)}  ${message.padEnd(35)}  ${places.padEnd(30)}  ${took.padStart(9)}  ${outcome}`;
}
