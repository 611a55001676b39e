import { events as definitions } from '@waybill/commerce';
import {
  type CommandDefinition,
  type EventDefinition,
  type Handler,
  type HandlerContext,
  handle,
  type InputOf,
  type OutputOf,
} from '@waybill/contract/application';
import type { Store } from './store.ts';
import type { Announcement } from './work.ts';
import { Work } from './work.ts';

interface Processed {
  readonly output: string | null;
  readonly events: string;
}

/** What serves a command. All of it happens in one transaction and must not wait for anything. */
export type Serve<Command extends CommandDefinition, Prepared> = (
  input: InputOf<Command>,
  work: Work,
  prepared: Prepared,
) => OutputOf<Command>;

/**
 * Pairs a command with what serves it, so that a message takes effect once however often it is delivered.
 *
 * 1. One transaction does the work and writes down that this message is done, what was answered and what is to be published.
 * 2. The events are then published through the context: they leave together with the kernel's done mark.
 *
 * When the process dies between the two, the kernel delivers the message again. The work is found done and is left alone,
 * the recorded events are published under their recorded ids, and the recorded output is the answer.
 *
 * `prepare` is for what takes long or has to be awaited (hashing a password); it runs before the transaction, at every delivery.
 */
export function once<Command extends CommandDefinition, Prepared = undefined>(
  store: Store,
  command: Command,
  serve: Serve<Command, Prepared>,
  prepare?: (input: InputOf<Command>) => Promise<Prepared>,
): Handler {
  return handle(command, async (input, context) => {
    const prepared = (await prepare?.(input)) as Prepared;
    const { output, events } = takeEffect(store, command, context, (work) => serve(input, work, prepared));
    for (const announcement of JSON.parse(events) as readonly Announcement[]) publish(announcement, context);
    return (output === null ? undefined : JSON.parse(output)) as OutputOf<Command>;
  });
}

/** The first of the two steps. */
function takeEffect(
  store: Store,
  command: CommandDefinition,
  message: Pick<HandlerContext, 'messageId' | 'entry' | 'principal'>,
  serve: (work: Work) => unknown,
): Processed {
  const { database } = store;
  const { messageId, entry } = message;
  const work = new Work(database, store.now(), message);
  try {
    return database.transaction(() => {
      const done = database.get<Processed>('SELECT output, events FROM processed WHERE message_id = ? AND entry = ?', messageId, entry);
      if (done) return done;
      const output = serve(work);
      const processed = { output: output === undefined ? null : JSON.stringify(output), events: JSON.stringify(work.events) };
      database.insert('processed', { message_id: messageId, entry, command: command.name, ...processed, at: work.now });
      return processed;
    });
  } catch (error) {
    work.refused();
    throw error;
  }
}

const byName = new Map<string, EventDefinition>(definitions.map((event) => [event.name, event]));

function publish({ event, data, id, store }: Announcement, context: HandlerContext): void {
  const definition = byName.get(event);
  if (!definition) throw new TypeError(`No event is named "${event}".`);
  context.publish(definition, data, { id, store });
}
