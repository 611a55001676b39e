import {
  type ComposeContext,
  isWaybillError,
  type MessagePackDefinition,
  type MessageType,
  type ReadableMessage,
  type TSchema,
  typeName,
  type WaybillError,
} from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { describe, it } from 'vitest';
import type { ConstraintReport } from './constraints/report.ts';

export interface PackHarness {
  /** The committed `waybill.plugin.json`, as a path or file URL. When given, it has to be equal to the definition's card. */
  readonly card?: string | URL | undefined;
  /** What an inbound entry would set for the pack. Default: nothing. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** What an outbound entry would set for it; composed messages have to stay UTF-8. Default: nothing. */
  readonly writing?: Readonly<Record<string, unknown>> | undefined;
  /** More messages of each type beside its own sample, by `Name@version`. */
  readonly samples?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Data of each event that a message of the pack tells of, by the name of the event: each of them has to be written, and read back. */
  readonly events?: Readonly<Record<string, readonly unknown[]>> | undefined;
  /** What handlers answer, by the name of the command: each has to be written as a reply where its message type has one. */
  readonly outputs?: Readonly<Record<string, readonly unknown[]>> | undefined;
  /** Is told at the end how many messages were made that break a constraint of the fields, and what none was made for. */
  readonly report?: ((report: ConstraintReport) => void) | undefined;
}

/** A message type, and valid messages of it. */
export interface SampledType {
  readonly type: MessageType;
  readonly samples: readonly string[];
}

/** A suite decides by what is declared what it asks; these names say that it is not a test file that does so. */
export const group = describe;
export const question = it;

/** What is written for people is not read, so that nothing is asked of its samples here. */
export function sampledTypes(pack: MessagePackDefinition, { samples = {} }: PackHarness): readonly SampledType[] {
  return pack.messages
    .filter(({ forPeople }) => !forPeople)
    .map((type) => ({ type, samples: [...(type.sample ? [type.sample()] : []), ...(samples[typeName(type)] ?? [])] }));
}

/** A body as the kernel hands it to a pack. Nobody may change it. */
export function readable(body: string | Uint8Array): ReadableMessage {
  return Object.freeze({
    id: 'suite-message',
    body: typeof body === 'string' ? Buffer.from(body) : body,
    createdAt: Date.UTC(2026, 0, 1),
    encoding: 'utf-8',
    properties: Object.freeze({}),
  });
}

/** What a pack composes a message of `type` with, which it may not change. */
export function contextFor(pack: MessagePackDefinition, harness: PackHarness, { event }: Pick<MessageType, 'event'>): ComposeContext {
  const writing = resolved(pack.writing, harness.writing);
  return contextWith(event ? writing : { ...optionsOf(pack, harness), ...writing });
}

/** What a pack answers with. */
export function answeringContext(pack: MessagePackDefinition, harness: PackHarness): ComposeContext {
  return contextWith(optionsOf(pack, harness));
}

function contextWith(options: Readonly<Record<string, unknown>>): ComposeContext {
  return Object.freeze({ time: '2026-01-01T12:00:00.000Z', messageId: 'suite-composed', options: Object.freeze({ ...options }) });
}

/** The options as a pack gets them, which it may not change either. */
export function optionsOf(pack: MessagePackDefinition, { options }: PackHarness): Readonly<Record<string, unknown>> {
  return Object.freeze(resolved(pack.options, options));
}

function resolved(schema: TSchema | undefined, given: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { ...(resolveSettings(schema ?? {}, given, { folder: '/' }) as Readonly<Record<string, unknown>>) };
}

/** What the whole value looks like as JSON, to see whether anything in it was changed. */
export const snapshot = (value: unknown): string => JSON.stringify(value);

/** The error of ours that a call ends with; undefined when it answers. Any other error is passed on. */
export function refusalOf(call: () => unknown): WaybillError | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    return error;
  }
}
