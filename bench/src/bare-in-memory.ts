import { hash } from 'node:crypto';

/** How many messages are worked on at a time. */
const atOnce = 100;

interface Kept {
  readonly id: string;
  readonly digest: string;
  readonly at: number;
}

/**
 * Messages a second through the least that a program can do which handles none twice: look the id up, digest the body, call an
 * asynchronous handler, remember what was handled, answer. Everything else that the kernel does is on top of this.
 */
export async function bareInMemoryRate(messages: number): Promise<number> {
  const handled = new Map<string, Kept>();
  const body = new Uint8Array(200);
  let next = 0;
  const receive = async (id: string): Promise<boolean> => {
    const digest = hash('sha256', body, 'base64');
    if (handled.get(id)?.digest === digest) return false;
    await handler();
    handled.set(id, { id, digest, at: Date.now() });
    return true;
  };
  const receiver = async (): Promise<void> => {
    while (next < messages) await receive(`message-${next++}`);
  };
  const since = performance.now();
  await Promise.all(Array.from({ length: atOnce }, receiver));
  const took = performance.now() - since;
  if (handled.size !== messages) throw new Error(`${handled.size} of ${messages} messages were handled`);
  return (messages / took) * 1000;
}

async function handler(): Promise<void> {}
