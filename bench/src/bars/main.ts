import { parseArgs } from 'node:util';
import type { Bar } from './bar.ts';
import { corruption } from './corruption.ts';
import { kill, zombie } from './crashes.ts';
import { deadly } from './deadly.ts';
import { disk } from './disk.ts';
import { durability } from './durability.ts';
import { outage } from './outage.ts';
import { overload } from './overload.ts';

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean' } } });

/** Each bar, in its full size and in one that takes seconds. */
const bars: Readonly<Record<string, (quick: boolean) => Promise<readonly Bar[]>>> = {
  kill: (quick) => kill(quick ? { messages: 3_000, kills: 20 } : { messages: 200_000, kills: 300 }),
  zombie: (quick) => zombie(quick ? 12 : 100),
  durability: (quick) => durability(quick ? 100 : 500),
  corruption: (quick) => corruption(quick ? 40 : 200),
  deadly: () => deadly(),
  disk: (quick) => disk(quick ? 8 : 45),
  overload: (quick) => overload(quick ? 8 : 60),
  outage: (quick) => outage(quick ? 15 : 60),
};

const unknown = (values.only ?? []).filter((name) => !(name in bars));
if (unknown.length > 0) {
  process.stderr.write(`There is no bar ${unknown.join(', ')}. There are: ${Object.keys(bars).join(', ')}.\n`);
  process.exit(2);
}

let missed = 0;
for (const [name, measure] of Object.entries(bars)) {
  if (values.only && !values.only.includes(name)) continue;
  for (const { what, figure, limit, kept } of await measure(values.quick ?? false)) {
    if (!kept) missed += 1;
    process.stdout.write(`${kept ? 'ok  ' : 'MISS'}  ${what.padEnd(86)}  ${figure.padStart(10)}  ${limit}\n`);
  }
}
process.stdout.write(missed === 0 ? 'Every bar is kept.\n' : `${missed} missed.\n`);
process.exit(missed === 0 ? 0 : 1);
