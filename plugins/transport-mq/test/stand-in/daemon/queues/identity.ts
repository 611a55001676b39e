import { randomBytes } from 'node:crypto';

const start = randomBytes(4);
let last = 0;

/** A message id in the form that queue managers make: 24 bytes that no other message has. */
export function newId(queueManager: string): Buffer {
  const id = Buffer.alloc(24, ' ');
  id.write(`AMQ ${queueManager.slice(0, 12)}`, 'latin1');
  start.copy(id, 16);
  last += 1;
  id.writeUInt32BE(last, 20);
  return id;
}

/** Who put a message and when, in UTC. */
export function stampOf(applName: string): { PutApplName: string; PutDate: string; PutTime: string } {
  const digits = new Date().toISOString().replaceAll(/\D/g, '');
  return { PutApplName: applName.slice(0, 28), PutDate: digits.slice(0, 8), PutTime: digits.slice(8, 16) };
}
