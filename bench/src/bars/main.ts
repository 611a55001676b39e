import { parseArgs } from 'node:util';
import type { Bar } from './bar.ts';
import { brokers } from './brokers.ts';
import { calibration } from './calibration.ts';
import { corruption } from './corruption.ts';
import { everything, kill, zombie } from './crashes.ts';
import { deadly } from './deadly.ts';
import { disk } from './disk.ts';
import { durability } from './durability.ts';
import { outage } from './outage.ts';
import { overload } from './overload.ts';
import { replay } from './replay.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean' }, scene: { type: 'string' } },
});
/** Of kill, zombie, everything and brokers: only the scenes whose name begins so, `files`. */
const { scene } = values;

/** Each bar, in its full size and in one that takes seconds. */
const bars: Readonly<Record<string, (quick: boolean) => Promise<readonly Bar[]>>> = {
  kill: (quick) => kill(quick ? { messages: 3_000, kills: 20 } : { messages: 200_000, kills: 300 }, scene),
  zombie: (quick) => zombie(quick ? 12 : 100, scene),
  everything: (quick) => everything(quick ? 2 : 10, scene),
  brokers: (quick) => brokers(quick ? 0.1 : 1, scene),
  calibration: () => calibration(),
  durability: (quick) => durability(quick ? 100 : 500),
  corruption: (quick) => corruption(quick ? 40 : 200),
  deadly: () => deadly(),
  disk: (quick) => disk(quick ? 8 : 45),
  overload: (quick) => overload(quick ? 8 : 60),
  outage: (quick) => outage(quick ? 15 : 60),
  soak: (quick) => soak(quick ? 60 : 1_200),
  replay: (quick) => replay(quick ? { messages: 2_000, rate: 100 } : { messages: 50_000, rate: 2_000 }),
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
