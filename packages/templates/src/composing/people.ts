import type { NotificationContext, PeopleSource, Person, TextSource } from '../declaration.ts';
import { errors } from '../errors.ts';

type Data = Readonly<Record<string, unknown>>;

/** What a source says of the data; undefined where nothing is there. */
export function textFrom(source: TextSource<never> | undefined, data: Data, context: NotificationContext): string | undefined {
  if (source === undefined) return undefined;
  if (typeof source === 'function') return filled((source as (data: Data, context: NotificationContext) => unknown)(data, context));
  for (const path of [source].flat() as readonly string[]) {
    const found = filled(valueAt(data, path));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The people whom a source names, each address checked. `what` is told with an error: `to` of which notification. */
export function peopleFrom(
  source: PeopleSource<never> | undefined,
  data: Data,
  context: NotificationContext,
  what: string,
): readonly Person[] {
  if (source === undefined) return [];
  const people = typeof source === 'function' ? answered(source as never, data, context) : [fromFields(source, data, context)];
  return people.flatMap((one) => (one === undefined ? [] : [checked(typeof one === 'string' ? { address: one } : one, what)]));
}

function valueAt(data: Data, path: string): unknown {
  let here: unknown = data;
  for (const key of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Data)[key];
  }
  return here;
}

function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function answered(
  source: (data: Data, context: NotificationContext) => Person | string | readonly (Person | string)[] | undefined,
  data: Data,
  context: NotificationContext,
): readonly (Person | string | undefined)[] {
  const answer = source(data, context);
  return Array.isArray(answer) ? answer : [answer as Person | string | undefined];
}

function fromFields(
  source: Exclude<PeopleSource<never>, (...args: never[]) => unknown>,
  data: Data,
  context: NotificationContext,
): Person | undefined {
  const isPerson = typeof source === 'object' && 'address' in source;
  const { address, name } = isPerson ? source : { address: source as TextSource<never>, name: undefined };
  const found = textFrom(address, data, context);
  return found === undefined ? undefined : { address: found, name: textFrom(name, data, context) };
}

/**
 * One address, as mails are sent to: no list, no name, nothing that could end a header or a command. Whoever sends it checks it once more and in
 * full; this check is what keeps the data of an event from choosing further recipients.
 */
const plainAddress = /^[^\s\p{C},;:<>()[\]"\\@]{1,64}@[^\s\p{C},;:<>()[\]"\\@]{1,253}$/u;

function checked({ address, name }: Person, what: string): Person {
  if (!plainAddress.test(address)) throw errors.WB_TEMPLATES_BAD_ADDRESS(`What is given as ${what} is not one e-mail address.`);
  const shown = name
    ?.replaceAll(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .toWellFormed();
  return shown === undefined || shown === '' ? { address } : { name: shown, address };
}
