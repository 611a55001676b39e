import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cases } from '../case.ts';
import { World } from '../world.ts';

/** Documents that nobody may take: each is answered with 400 or 406, nothing is done, and nothing secret of it is kept. */
export async function judgeNegative(folder: string, cases: Cases): Promise<ReadonlyMap<string, readonly string[]>> {
  const judged = new Map<string, readonly string[]>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.xml'))) {
    const world = await World.open(cases);
    try {
      const { status, text } = await world.post(readFileSync(join(folder, file)), { to: 'setup', contentType: 'text/xml' });
      const wrong = status === 400 || status === 406 ? [] : [`is answered with ${status}: ${text}`];
      const done = world.given.length === 0 ? [] : ['was handed to the application'];
      judged.set(file, [...wrong, ...done, ...(await world.leaked(['example-secret-a']))]);
    } finally {
      await world.close();
    }
  }
  return judged;
}
