import type { FarSide } from './far-side.ts';
import { fileFarSide } from './file.ts';
import { httpFarSide } from './http.ts';
import { queueFarSide } from './queue.ts';

/** By the names of the transports. */
export const farSides: ReadonlyMap<string, FarSide> = new Map([
  ['file', fileFarSide],
  ['queue', queueFarSide],
  ['http', httpFarSide],
]);
