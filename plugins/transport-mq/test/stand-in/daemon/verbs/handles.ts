import type { Connection } from '../connection.ts';
import { done, has, MQC, type Outcome, Refusal } from '../mqi.ts';
import type { Property } from '../properties/property.ts';
import type { Parts } from '../wire/frames.ts';

/** Properties of a message handle, by their names. */
type Held = Map<string, Property>;

export function createHandle(connection: Connection): Outcome {
  const handle = BigInt(connection.nextHandle());
  connection.messageHandles.set(handle, new Map());
  return done(handle);
}

export function deleteHandle(connection: Connection, parts: Parts): Outcome {
  if (!connection.messageHandles.delete(parts.handle())) throw new Refusal(MQC.MQRC_HMSG_ERROR);
  return done();
}

export function setProperty(connection: Connection, parts: Parts): Outcome {
  const held = heldBy(connection, parts.handle());
  const name = plain(parts.text());
  const type = parts.number();
  // Names are Java identifiers, with dots between those of folders and what is in them.
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u.test(name)) throw new Refusal(MQC.MQRC_PROPERTY_NAME_ERROR);
  held.set(name, { name, type, value: Buffer.from(parts.block()) });
  return done();
}

export function deleteProperty(connection: Connection, parts: Parts): Outcome {
  const held = heldBy(connection, parts.handle());
  if (!held.delete(plain(parts.text()))) throw new Refusal(MQC.MQRC_PROPERTY_NOT_AVAILABLE);
  return done();
}

const cursors = new WeakMap<Held, number>();

/** A property by its name, or the first or next one of those that a pattern with `%` at its end names. */
export function inquireProperty(connection: Connection, parts: Parts): Outcome {
  const held = heldBy(connection, parts.handle());
  const property = find(held, plain(parts.text()), parts.number());
  if (property === undefined) throw new Refusal(MQC.MQRC_PROPERTY_NOT_AVAILABLE);
  if (property.value.length > parts.number()) throw new Refusal(MQC.MQRC_PROPERTY_VALUE_TOO_BIG);
  return done(property.type, property.value, Buffer.from(property.name));
}

function find(held: Held, name: string, options: number): Property | undefined {
  if (!name.endsWith('%')) return held.get(name);
  const fitting = [...held.values()].filter((each) => each.name.startsWith(name.slice(0, -1)));
  const at = has(options, MQC.MQIMPO_INQ_NEXT) ? (cursors.get(held) ?? -1) + 1 : 0;
  cursors.set(held, at);
  return fitting[at];
}

/** `usr.name` is another way to say `name`. */
function plain(name: string): string {
  return name.replace(/^usr\./, '');
}

function heldBy({ messageHandles }: Connection, handle: bigint): Held {
  const held = messageHandles.get(handle);
  if (held === undefined) throw new Refusal(MQC.MQRC_HMSG_ERROR);
  return held;
}
