import { type ReadableMessage } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import fulfillment from '@waybill/pack-fulfillment';
import { expect } from 'vitest';
import { type Fault, nowhere } from './fault.ts';

/** What the pack does where no entry says otherwise. */
const options = resolveSettings(fulfillment.options ?? {}, {}, { folder: '' }) as never;

/** Whatever is secret in the samples. */
const secrets = ['kestrel-4410', 'kestrel-4411', 'Lantern22', 'Gull Point'];

export function expectNoSecrets(text: string): void {
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}

interface ErrorInput {
  readonly code: string;
  readonly message: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Reads a reply with the pack, which is strict: what it takes is well-formed and in schema order. */
export function readReply(body: Uint8Array): { readonly type: string | undefined; readonly input: unknown } {
  expectNoSecrets(Buffer.from(body).toString());
  const message: ReadableMessage = { id: 'reply', body, createdAt: 0, properties: {}, encoding: 'utf-8' };
  const type = fulfillment.recognise(message, options);
  return { type: type?.name, input: type && fulfillment.read(type, message, options).input };
}

/** A WCS_Error that says what is wrong, and where. */
export function expectErrorReply(body: Uint8Array, { code, at = nowhere }: Partial<Fault>): void {
  const { type, input } = readReply(body);
  const error = input as ErrorInput;
  expect(type).toBe('WCS_Error');
  expect(error.code).toBe(code);
  expect(String(error.parameters['at'])).toMatch(at);
}
