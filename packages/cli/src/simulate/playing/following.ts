import type { TSchema } from '@waybill/contract';
import { type CommandDefinition } from '@waybill/contract/application';
import type { Way } from '../far-sides/far-manifest.ts';
import type { Said } from '../far-sides/far-pack.ts';
import { answerTo, canSay } from './answering.ts';

/** A message that the counterpart sends of its own accord, because of one that it has received. */
export interface FollowUp {
  readonly way: Way;
  readonly said: Said;
  /** Messages with the same key arrive in the order in which they are sent. Undefined: the message waits for no other. */
  readonly orderKey?: string | undefined;
}

/** What the counterpart has received. */
export interface Received {
  readonly event: string;
  readonly data: unknown;
  /** That of the data. */
  readonly schema: TSchema | undefined;
  /** The name of the message pack, and the connection of the manifest that it came from. */
  readonly pack: string;
  readonly connection: string;
}

/** What becomes of an order: a command of its own for each step, where the other side has it, else one for all. */
const orderSteps = [
  { command: 'order.confirm-status', status: 'C' },
  { command: 'order.ship-status', status: 'S' },
  { command: 'order.invoice-status', status: 'I' },
] as const;
const anyStep = 'order.update-status';

/** The commands with which a distributor answers, in a message of its own some time later. */
const laterAnswers: Readonly<Record<string, string>> = {
  'order.quotation-requested': 'order.record-quotation',
  'order.transfer-requested': 'order.confirm-transfer',
  'inventory.batch-availability-requested': 'inventory.record-batch-availability',
};

/** What follows a message, in its order; nothing where the manifest has no inbound entry that takes it. `seed`: that of samples. */
export function followUps(received: Received, ways: readonly Way[], seed: number | undefined): readonly FollowUp[] {
  const { event, data, schema } = received;
  if (event === 'order.created') return orderFollowUps(received, ways);
  const command = laterAnswers[event];
  const way = command === undefined ? undefined : wayFor([command], received, ways);
  const said = way && answerTo({ pack: way.pack, type: way.type, seed, request: data, schema });
  return way && said ? [{ way, said }] : [];
}

function orderFollowUps(received: Received, ways: readonly Way[]): readonly FollowUp[] {
  const { orderId, items } = received.data as { readonly orderId?: unknown; readonly items?: unknown };
  if (typeof orderId !== 'string') return [];
  return orderSteps.flatMap(({ command, status }, index) => {
    const way = wayFor([command, anyStep], received, ways);
    if (!way) return [];
    const whole = {
      orderId,
      merchantOrderNumber: `SO-${orderId}`,
      status,
      items: itemsOf(items, status),
      sequenceNumber: String(index + 1).padStart(10, '0'),
    };
    return [{ way, said: sayable(way, has(way, command) ? command : anyStep, whole), orderKey: orderId }];
  });
}

/** As much of the status as the message has a place for: the last field is left out first. */
function sayable({ pack, type }: Way, command: string, whole: object): Said {
  const fields = Object.entries(whole);
  for (let number = fields.length; number > 1; number--) {
    const said = { command, input: Object.fromEntries(fields.slice(0, number)) };
    if (canSay(pack, type, said)) return said;
  }
  return { command, input: whole };
}

/** The items that have an id; without one, nobody could tell which is meant. */
function itemsOf(items: unknown, status: string): readonly object[] {
  const all = Array.isArray(items) ? (items as readonly { readonly orderItemId?: unknown }[]) : [];
  return all.flatMap(({ orderItemId }, index) =>
    typeof orderItemId === 'string' ? [{ orderItemId, merchantItemNumber: String((index + 1) * 10), status }] : [],
  );
}

/**
 * How one of these commands is sent, the first ones rather than the later: in a message of the same pack, on the same connection, to the
 * entry that the manifest names first, in the highest version.
 */
function wayFor(commands: readonly string[], { pack, connection }: Received, ways: readonly Way[]): Way | undefined {
  const worth = (way: Way): number =>
    4 * Number(way.pack.name === pack) + 2 * Number(way.entry.connection.name === connection) + Number(has(way, commands[0] ?? ''));
  const able = ways.filter((way) => commands.some((command) => has(way, command)));
  const best = Math.max(...able.map(worth));
  const [first, ...rest] = able.filter((way) => worth(way) === best);
  const same = rest.filter(({ entry, type }) => entry === first?.entry && type.name === first.type.name);
  return [...(first ? [first] : []), ...same].sort((one, other) => compareVersions(other.type.version, one.type.version))[0];
}

function has({ type }: Way, command: string): boolean {
  return type.commands?.some(({ name }: CommandDefinition) => name === command) ?? false;
}

function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
