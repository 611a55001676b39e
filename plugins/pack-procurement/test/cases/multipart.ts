import type { Case, Cases } from './case.ts';
import { faultsOf } from './receive.ts';
import { type Sending, World } from './world.ts';

interface Sent extends Sending {
  readonly file: string;
  readonly form: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

/** Messages with attachments, in the forms in which senders write them. */
export async function judgeMultipart(given: Case, cases: Cases): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const sent of given['send'] as readonly Sent[]) {
    const world = await World.open(cases);
    try {
      const received = await world.post(cases.bytes(sent.file), sent);
      faults.push(
        ...faultsOf(received, sent.expect, world).map((fault) => `${sent.form}: ${fault}`),
        ...(await world.leaked(['example-secret-a'])),
      );
    } finally {
      await world.close();
    }
  }
  return faults;
}
