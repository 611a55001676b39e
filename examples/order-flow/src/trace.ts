import type { Observation } from '@waybill/kernel';

const well = new Set(['done', 'stored', 'duplicate', 'released', 'sent', 'answered']);

/** Whether a line of the trace ends well. */
export function endsWell({ outcome }: Observation): boolean {
  return well.has(outcome);
}

export const heading = line(['time', 'way', 'message', 'from → to', 'outcome', 'took']);

/** One message as one line: when, which way, what, from where to where, how it ended, how long it took. */
export function traceLine(seen: Observation, since: number): string {
  const place = `${seen.name} (${seen.transport})`;
  const way = seen.direction === 'in' ? `${place} → store` : `store → ${place}`;
  const outcome = [seen.outcome, seen.reply && `with ${seen.reply}`, seen.code, seen.detail && `(${seen.detail})`]
    .filter(Boolean)
    .join(' ');
  return line([
    `+${((seen.at - since) / 1000).toFixed(3)} s`,
    seen.direction,
    seen.type ?? '(unknown)',
    way,
    outcome,
    `${seen.took.toFixed(1)} ms`,
  ]);
}

function line([time = '', way = '', message = '', places = '', outcome = '', took = '']: readonly string[]): string {
  return `${time.padStart(9)}  ${way.padEnd(3)}  ${message.padEnd(35)}  ${places.padEnd(30)}  ${took.padStart(9)}  ${outcome}`;
}
