import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** How many bytes are in use once everything is collected that nobody needs. */
export function bytesInUse(): number {
  collect();
  return process.memoryUsage().heapUsed;
}
