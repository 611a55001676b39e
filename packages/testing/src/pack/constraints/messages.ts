import { type MessageType, typeName } from '@waybill/contract';
import { type Break, breaksOf, breaksOfRoot } from './breaks.ts';
import { type ConstrainedField, fieldsOf } from './field.ts';
import { placesAt, stepsOf, type Taken } from './part.ts';
import type { LeftOut } from './report.ts';
import { takeSegments } from './segments.ts';
import { takeXml } from './xml.ts';

export interface BrokenMessages {
  /** The name of the part around all others, with which the places of errors begin. */
  readonly root: string;
  readonly breaks: readonly Break[];
  /** The valid messages that they differ from, written anew. */
  readonly sound: readonly string[];
  readonly left: readonly LeftOut[];
}

/** Made-up messages are looked through for what is not in the samples: a few in any case, and more as long as fields are missing. */
const seeds = { few: 12, most: 200 };

/** Messages that differ in one thing from valid ones, for every constraint of every field. */
export function brokenMessages(type: MessageType, samples: readonly string[]): BrokenMessages {
  const fields = fieldsOf(type);
  const left = (path: string, why: string): LeftOut => ({ type: typeName(type), path, why });
  const none = (why: string): BrokenMessages => ({ root: '', breaks: [], sound: [], left: [left('', why)] });
  if (fields.length === 0) return none('The message type gives no fields.');
  if (fields.every(({ holds }) => holds === undefined)) return none('Its fields do not say for a machine what they hold.');
  const { taken, absent } = messagesOf(type, samples, fields);
  const [first] = taken;
  if (first === undefined) return none('It has no sample that is XML, or tagged segments with widths.');
  const breaks = new Map(breaksOfRoot(first, fields).map((each) => [each.what, each]));
  for (const each of taken) for (const field of fields) addTo(breaks, breaksOf(field, each));
  return {
    root: first.root.name,
    breaks: [...breaks.values()],
    sound: taken.map(({ root, print }) => print(root)),
    left: [
      ...fields.filter(({ holds }) => holds === undefined).map(({ path }) => left(path, 'It does not say for a machine what it holds.')),
      ...absent.map(({ path }) => left(path, first.hasAttributes ? 'It stands in no sample.' : 'It has no width of its own.')),
    ],
  };
}

interface TakenMessages {
  readonly taken: readonly Taken[];
  /** The fields that could be in one of them, and are in none. */
  readonly absent: readonly ConstrainedField[];
}

/** Valid messages, taken apart. */
function messagesOf({ sample }: MessageType, samples: readonly string[], fields: readonly ConstrainedField[]): TakenMessages {
  const taken = samples.flatMap((each) => takeApart(each, fields) ?? []);
  const absentFrom = (from: readonly ConstrainedField[], message: Taken) => from.filter((field) => !isIn(field, message));
  let absent = taken.reduce(
    absentFrom,
    fields.filter(({ holds, width }) => holds !== undefined && width !== 0),
  );
  if (sample === undefined || taken.length === 0) return { taken, absent };
  for (let seed = 1; seed <= seeds.few || (seed <= seeds.most && absent.length > 0); seed += 1) {
    const made = takeApart(sample(seed), fields);
    if (made === undefined) continue;
    const stillAbsent = absentFrom(absent, made);
    if (seed <= seeds.few || stillAbsent.length < absent.length) taken.push(made);
    absent = stillAbsent;
  }
  return { taken, absent };
}

/** Undefined for what is of no form that the suite knows. */
export function takeApart(sample: string, fields: readonly ConstrainedField[]): Taken | undefined {
  return takeSegments(sample, fields) ?? takeXml(sample);
}

function addTo(all: Map<string, Break>, more: readonly Break[]): void {
  for (const each of more) if (!all.has(each.what)) all.set(each.what, each);
}

function isIn({ path }: ConstrainedField, { root }: Taken): boolean {
  const { names, attribute } = stepsOf(path);
  const places = placesAt(root, names);
  return attribute === undefined ? places.length > 0 : places.some(({ part }) => part.attributes.some(([name]) => name === attribute));
}
