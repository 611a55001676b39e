import { randomBytes } from 'node:crypto';
import { ownProcessIdentity } from '@waybill/contract/system';

/** An owner of claims, as the name of the folder with its claims tells. */
export interface Owner {
  /** The identity of its process. */
  readonly process: string;
  /** How long its claims hold without a sign of life, in milliseconds. */
  readonly lease: number;
}

const form = /^([0-9a-f.]+)-(\d+)-[0-9a-f]{8}$/;
const given = /^free-/;

/** A name for a new owner in this process. */
export function newOwnerName(lease: number): string {
  return `${ownProcessIdentity()}-${lease}-${randomBytes(4).toString('hex')}`;
}

/** `free` when the owner has given its claims up, undefined when the name is not one of ours. */
export function readOwnerName(name: string): Owner | 'free' | undefined {
  if (given.test(name)) return 'free';
  const [, process, lease] = form.exec(name) ?? [];
  return process === undefined || lease === undefined ? undefined : { process, lease: Number(lease) };
}

/** The name under which an owner gives its claims up. */
export function freedName(name: string): string {
  return `free-${name}`;
}
