import { basename } from 'node:path';
import { type MessagePackDefinition, type MessageTypeRef, typeName } from '@waybill/contract';
import { readBytes } from '../files.ts';

/** A message to try handlers with. */
export interface Sample {
  /** The file, or the message type whose own sample it is. */
  readonly name: string;
  readonly body: Uint8Array;
  /** Whether somebody named it. What a pack has to offer may be for another application. */
  readonly isFile: boolean;
}

export function samplesFrom(files: readonly string[]): readonly Sample[] {
  return files.map((file) => ({ name: basename(file), body: readBytes(file), isFile: true }));
}

/** Of each message that an entry takes the sample of its pack, where it has one. */
export function samplesOf(packs: readonly MessagePackDefinition[], accepted: readonly MessageTypeRef[] | undefined): readonly Sample[] {
  const isAccepted = (type: MessageTypeRef): boolean => accepted?.some((one) => typeName(one) === typeName(type)) ?? true;
  const types = packs.flatMap(({ messages }) => messages).filter((type) => type.direction === 'in' && isAccepted(type));
  return types.flatMap(({ sample, ...type }) => (sample ? [{ name: typeName(type), body: Buffer.from(sample()), isFile: false }] : []));
}
