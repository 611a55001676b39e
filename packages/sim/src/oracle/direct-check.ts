import type { Desk, JournalRow } from '@waybill/contract';
import type { LegRow } from './leg-row.ts';
import type { Oracle } from './oracle.ts';

/** Compares, when everything has come to rest, what the journal says of what was sent at once with what is known of it. */
export async function checkDirect({ bench, outbound }: Oracle, desk: Pick<Desk, 'show'>): Promise<void> {
  for (const row of outbound.rows.values()) {
    if (!row.direct) continue;
    const { leg, about, reply } = row;
    const shown = await desk.show({ direction: 'out', entry: leg.entry, id: leg.message.id });
    const problem = problemOf(row, shown);
    if (problem !== undefined) bench.violated('sent once', `${about} ${problem}`);
    if (shown && shown.reply?.id !== reply)
      bench.violated('nothing lost', `${about} has ${shown.reply?.id ?? 'no reply'} in the journal, and ${reply ?? 'no reply'} came first`);
  }
}

/** A send during which its process ended has failed: nobody knows whether it came, and that is what the journal has to say. */
function problemOf({ state }: LegRow, shown: JournalRow | undefined): string | undefined {
  if (!shown) return 'was begun, and the journal does not have it';
  if (shown.state !== (state === 'done' ? 'done' : 'failed')) return `is ${state}, and the journal has it as ${shown.state}`;
  if (shown.state === 'failed' && shown.reason === undefined) return 'has failed, and the journal does not say why';
  return undefined;
}
