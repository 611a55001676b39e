import { expect, it } from 'vitest';
import { packLarge } from '../src/link/large-bodies.ts';

const large = new Uint8Array(1024 * 1024).fill(7);
const small = new Uint8Array(100).fill(3);

it('hands over a copy of each large body, wherever it lies, and leaves the caller its own', () => {
  const steps = [{ id: 'a', ending: { kept: { message: { body: large } }, legs: [{ message: { body: small } }] } }];
  const { args, handedOver } = packLarge([steps, 5], large.length + small.length);
  expect(args).toEqual([steps, 5]);
  expect(handedOver.map(({ byteLength }) => byteLength)).toEqual([large.length]);
  structuredClone(args, { transfer: [...handedOver] });
  expect(large).toHaveLength(1024 * 1024);
});

it('leaves calls without large bodies as they are', () => {
  const args = [{ message: { body: small } }];
  expect(packLarge(args, small.length)).toEqual({ args, handedOver: [] });
  expect(packLarge(args, small.length).args).toBe(args);
});
