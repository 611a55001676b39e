import type { Taken } from './protocol.ts';

/** A message as its row tells of it. */
export type MessageRow = Readonly<Record<string, unknown>>;

/** What is handed over of a message, whoever gets it. */
export function seen(queue: string, row: MessageRow, body: Uint8Array): Omit<Taken, 'owner'> {
  const expires = row['expires'];
  return {
    queue,
    number: Number(row['number']),
    attempt: Number(row['attempts']),
    head: String(row['head']),
    body,
    priority: Number(row['priority']),
    ...(typeof expires === 'number' ? { expires } : {}),
  };
}

/** Whether the first one stands before the other one in its queue. */
export function isBefore(a: MessageRow, b: MessageRow): boolean {
  const [one, other] = [Number(a['priority']), Number(b['priority'])];
  return one === other ? Number(a['number']) < Number(b['number']) : one > other;
}
