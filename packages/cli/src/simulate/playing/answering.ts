import { isWaybillError, type MessagePackDefinition, type MessageType, type TSchema } from '@waybill/contract';
import type { Said } from '../far-sides/far-pack.ts';
import { defaultsOf } from '../far-sides/pack-settings.ts';
import { type LeftOut, merged, type Place, telling } from './merging.ts';

/** What the sample of a message says, without a seed the plain one; undefined where its pack makes none. */
export function sampleOf(pack: MessagePackDefinition, type: MessageType, seed: number | undefined): Said | undefined {
  const text = type.sample?.(seed);
  if (text === undefined) return undefined;
  const message = { id: 'sample', createdAt: 0, body: Buffer.from(text), properties: {}, encoding: 'utf-8' };
  const { command, input } = pack.read(type, message, defaultsOf(pack));
  // Who sends it is known to nobody here, so that its credentials could only be wrong.
  return { command, input };
}

/** Whether the message has a place for what is to be said. */
export function canSay(pack: MessagePackDefinition, type: MessageType, said: Said): boolean {
  try {
    pack.compose(type, said, { time: new Date(0).toISOString(), messageId: 'tried', options: defaultsOf(pack) });
    return true;
  } catch (error) {
    if (isWaybillError(error)) return false;
    throw error;
  }
}

/** A message of `type` is to be made up that answers a request. */
export interface Occasion {
  readonly pack: MessagePackDefinition;
  readonly type: MessageType;
  readonly seed: number | undefined;
  readonly request: unknown;
  /** What a request can say. */
  readonly schema: TSchema | undefined;
}

/**
 * The answer: what the request says stands in the answer as well, wherever that has a field of the same name which can hold it, and the
 * rest is as in the sample, as far as possible without what the request could have said and did not. Where the message can tell of
 * a failure, it tells of none. Undefined where the pack makes no samples.
 */
export function answerTo(occasion: Occasion): Said | undefined {
  const { pack, type } = occasion;
  const sample = sampleOf(pack, type, occasion.seed);
  if (sample === undefined) return undefined;
  const { command } = sample;
  const own = placeOf(occasion, sample);
  const ways: readonly LeftOut[] = ['unsaid', 'nothing'];
  const inputs = [...ways.map((leftOut) => merged(own, sample.input, occasion.request, leftOut)), sample.input];
  const all = inputs.map((input) => ({ command, input: telling(own.own, input, { status: 'OK' }) }));
  return all.find((said) => canSay(pack, type, said)) ?? sample;
}

/**
 * The answer that tells of a failure: the field `status` of the message says ERROR, and what neither the request says nor the message
 * needs is left out. Undefined where the message has no such field.
 */
export function refusalOf(occasion: Occasion): Said | undefined {
  const { pack, type } = occasion;
  const sample = sampleOf(pack, type, occasion.seed);
  if (sample === undefined) return undefined;
  const place = placeOf(occasion, sample);
  const bare = merged(place, sample.input, occasion.request, 'all');
  const input = telling(place.own, bare, { status: 'ERROR', code: 'SIMULATED' });
  const said = { command: sample.command, input };
  return input !== bare && canSay(pack, type, said) ? said : undefined;
}

function placeOf({ pack, type, schema }: Occasion, { command }: Said): Place {
  const own = type.commands?.find(({ name }) => name === command)?.input ?? {};
  const plain = sampleOf(pack, type, undefined);
  return { own: { ...own }, asked: { ...schema }, plain: plain?.command === command ? plain.input : undefined };
}
