import type { JournalRow } from '@waybill/contract';
import type { Scenario } from '../chance/scenario.ts';
import type { Oracle } from './oracle.ts';

/** Compares, when everything has come to rest, what the journal says with what is known of each message. */
export function checkEnd(oracle: Oracle, { messages, outbound }: Scenario, rows: readonly JournalRow[]): void {
  const { bench } = oracle;
  const inbound = Map.groupBy(
    rows.filter(({ direction }) => direction === 'in'),
    ({ id }) => id,
  );
  for (const { id, events } of messages) {
    const known = oracle.inbound.rows.get(id);
    const recorded = inbound.get(id) ?? [];
    if (recorded.length > 1) bench.violated('nothing doubled', `the journal has ${id} ${recorded.length} times`);
    if (!known || known.wasDropped || known.isRefused) continue;
    if (recorded[0]?.state !== 'done') {
      bench.violated('nothing lost', `${id} was handed over, and the journal has it as ${recorded[0]?.state ?? 'unknown'}`);
      continue;
    }
    if (known.successes === 0) bench.violated('nothing lost', `${id} is done, and no handler has succeeded`);
    for (const { name } of outbound) for (let n = 0; n < events; n++) checkLeg(oracle, `${name}:${id}#${n}`);
    if (known.plan.asks && known.entry.transport !== 'waiting') checkReply(oracle, `replies:${known.entry.name}:${id}`);
  }
  oracle.reports.check(outbound[0]?.name ?? '');
  for (const [id] of inbound)
    if (!oracle.inbound.rows.has(id)) bench.violated('nothing doubled', `the journal has ${id}, which nobody has sent`);
}

/** Everything that a handler published has come out, once. */
function checkLeg({ bench, outbound }: Oracle, about: string): void {
  const legs = [...outbound.rows.values()].filter((row) => row.about === about);
  if (legs.length !== 1)
    bench.violated(legs.length === 0 ? 'nothing lost' : 'nothing doubled', `the journal has ${about} ${legs.length} times`);
  for (const { state } of legs)
    if (state !== 'done' && state !== 'dropped') bench.violated('nothing lost', `${about} was never sent, it is ${state}`);
}

/** The sender has got its answer. One who was told that its message is refused may have heard all that it will. */
function checkReply({ bench, outbound }: Oracle, about: string): void {
  const wasDropped = [...outbound.rows.values()].some((row) => row.about === `${about}:answer` && row.state === 'dropped');
  const heard = outbound.idsOf(`${about}:answer`) + outbound.idsOf(`${about}:refusal`);
  if (heard === 0 && !wasDropped) bench.violated('nothing lost', `nobody has got ${about}:answer`);
}
