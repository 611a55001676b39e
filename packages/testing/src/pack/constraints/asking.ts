import { type MessagePackDefinition, type MessageType, typeName, type WaybillError } from '@waybill/contract';
import { afterAll, expect } from 'vitest';
import { group, optionsOf, type PackHarness, question, readable, refusalOf, type SampledType } from '../harness.ts';
import type { Break } from './breaks.ts';
import { type BrokenMessages, brokenMessages } from './messages.ts';
import { type Constraint, constraints } from './report.ts';

export function askAboutConstraints(pack: MessagePackDefinition, harness: PackHarness, types: readonly SampledType[]): void {
  const broken = types.map(({ type, samples }) => ({ type, messages: brokenMessages(type, samples) }));
  const asked = Object.fromEntries(Object.keys(constraints).map((each) => [each, 0])) as Record<Constraint, number>;
  for (const { type, messages } of broken) askAboutType(pack, harness, type, messages, asked);
  const { report } = harness;
  if (report !== undefined) afterAll(() => report({ asked, left: broken.flatMap(({ messages }) => messages.left) }));
}

function askAboutType(
  pack: MessagePackDefinition,
  harness: PackHarness,
  type: MessageType,
  { root, breaks, sound }: BrokenMessages,
  asked: Record<Constraint, number>,
): void {
  if (breaks.length === 0) return;
  const options = optionsOf(pack, harness);
  const refusal = (body: string) => refusalOf(() => pack.read(type, readable(body), options));
  group(`a message ${typeName(type)} that differs from a valid one in one thing`, () => {
    question('is read when it differs in nothing', () => {
      expect(sound.map((body) => refusal(body)).filter((error) => error !== undefined)).toEqual([]);
    });

    for (const constraint of Object.keys(constraints) as Constraint[]) {
      const all = breaks.filter((each) => each.constraint === constraint);
      if (all.length === 0) continue;
      question(`is refused, and the place is named, ${constraints[constraint]}`, () => {
        asked[constraint] += all.length;
        expect(all.flatMap((each) => faultOf(each, root, refusal(each.make())))).toEqual([]);
      });
    }
  });
}

/** What is wrong with the answer to a message that breaks a constraint. */
function faultOf({ what, places }: Break, root: string, error: WaybillError | undefined): readonly string[] {
  if (error === undefined) return [`${what}: is accepted`];
  if (places.some((place) => isAt(error.at ?? '', root, place))) return [];
  return [`${what}: is refused at ${error.at ?? 'no place'}, by ${error.code}: ${error.message}`];
}

/** Whether an error is at this path: `Order/Line[2]/Sku, 12:7` is at `Line/Sku`, below the root `Order`. A path with a slash at its end stands for all below it. */
function isAt(at: string, root: string, place: string): boolean {
  const path = at.replace(/(?:, | \()[^]*$/, '').replaceAll(/\[\d+\]/g, '');
  const wanted = place === '' ? [root] : place.startsWith('@') ? [root + place] : [`${root}/${place}`, place];
  return wanted.some((each) => path === each || (each.endsWith('/') && path.startsWith(each)));
}
