import { parseArgs } from 'node:util';
import { hasStandIn } from '../../plugins/transport-mq/test/stand-in/library.ts';
import { hasArtemis } from '../../test/vehicles/artemis.ts';
import { measureAmqp, measureHosts, measureMq } from './brokers/measure.ts';
import type { ComposingCosts } from './email/composing.ts';
import { measureSending } from './email/sending.ts';
import { filesEntered } from './files-entered.ts';
import { measureHttp, type ServerName } from './http/measure.ts';
import { measureFind } from './journal/find.ts';
import { measureJournal } from './journal/measure.ts';
import { median } from './median.ts';
import type { Costs } from './messages/child.ts';
import type { OrderCosts } from './messages/cxml-child.ts';
import type { RecordFigures } from './records.ts';
import { measureStartUp } from './start-up.ts';
import { severalTimes, told } from './told.ts';

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, 'without-rival': { type: 'boolean' }, files: { type: 'boolean' } },
});
const wanted = (name: string) => values.only === undefined || values.only.includes(name);

/** A figure beside the limit that it is measured against. */
function print(what: string, figure: string, limit: string, kept: boolean): void {
  process.stdout.write(`${kept ? 'ok  ' : 'MISS'}  ${what.padEnd(58)}  ${figure.padStart(14)}  limit ${limit}\n`);
}

const perSecond = (rate: number) => `${Math.round(rate).toLocaleString('en')}/s`;
const ms = (value: number) => `${value.toFixed(1)} ms`;
const mb = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(0)} MB`;

if (wanted('http')) {
  const names: readonly ServerName[] = values['without-rival'] ? ['bare', 'waybill'] : ['bare', 'waybill', 'node-red'];
  const { servers, ratio, halfLoad } = await measureHttp(names, { ids: false });
  for (const name of names) process.stdout.write(`      HTTP, ${name}: ${perSecond(servers[name].rate)}\n`);
  const toBare = ratio('waybill', 'bare');
  print('HTTP in, durable: share of bare node:http + saxes', `${(toBare * 100).toFixed(0)} %`, '>= 65 %', toBare >= 0.65);
  if (names.includes('node-red')) {
    const toRed = ratio('waybill', 'node-red');
    print('HTTP in, durable: times Node-RED without durability', `${toRed.toFixed(1)} x`, '>= 2.5 x', toRed >= 2.5);
  }
  print('HTTP in, latency p99 at half load', ms(halfLoad.p99), '<= 25 ms', halfLoad.p99 <= 25);
  const { loopDelayP99 } = servers.waybill;
  print('event loop delay p99 under full load', ms(loopDelayP99), `<= 15 ms (bare: ${ms(servers.bare.loopDelayP99)})`, loopDelayP99 <= 15);
  const known = await measureHttp(['bare', 'waybill'], { ids: true });
  const knownToBare = known.ratio('waybill', 'bare');
  print('the same, every message with an id: share of bare', `${(knownToBare * 100).toFixed(0)} %`, '>= 65 %', knownToBare >= 0.65);
  print('the same, every message with an id: p99 at half load', ms(known.halfLoad.p99), '<= 25 ms', known.halfLoad.p99 <= 25);
}

if (wanted('in-memory')) {
  const { kernel, bare } = await told<{ readonly kernel: number; readonly bare: number }>('./in-memory-child.ts');
  print('in-memory route through the kernel', perSecond(kernel), '>= 200,000/s', kernel >= 200_000);
  const share = kernel / bare;
  print('the same: share of a bare loop in turns with it', `${(share * 100).toFixed(0)} %`, '>= 25 %', share >= 0.25);
}

if (wanted('brokers')) {
  for (const [name, isHere, measure] of [
    ['IBM MQ', hasStandIn, measureMq],
    ['AMQP', hasArtemis, measureAmqp],
  ] as const) {
    if (!isHere(`the share of ${name}`)) continue;
    const { bare, kernel, durable, share, durableShare } = await measure(4_000);
    const part = (value: number) => `${(value * 100).toFixed(0)} %`;
    const rates = `${perSecond(kernel)} of ${perSecond(bare)}`;
    print(`${name}, 4 lanes: share of a bare loop`, part(share), `>= 70 % (${rates})`, share >= 0.7);
    process.stdout.write(`      the same with the journal on the disk: ${part(durableShare)} (${perSecond(durable)})\n`);
  }
}

if (wanted('brokers') && hasStandIn('the cost of a host of IBM MQ')) {
  const { start, memory } = await measureHosts();
  print('a host of IBM MQ: from its start until its queue is open', ms(start), '<= 150 ms', start <= 150);
  print('a host of IBM MQ: memory, six side by side', mb(memory), '<= 25 MB', memory <= 25 * 1024 ** 2);
}

if (wanted('email')) {
  const offers = ['8BITMIME', 'SMTPUTF8', 'SIZE 50000000'];
  for (const [what, all] of [
    ['SMTP', ['PIPELINING', ...offers]],
    ['SMTP without pipelining', offers],
  ] as const) {
    const { rates, cpu, toConnection, toPool } = await measureSending({ offers: all, mails: 8_000, turns: 3 });
    const times = (value: number) => `${value.toFixed(2)} x`;
    const us = (value: number) => `${value.toFixed(0)} us`;
    const rate = `${perSecond(rates.ours)} of ${perSecond(rates.connection)}, ${us(cpu.ours)} of ${us(cpu.connection)} of CPU time`;
    print(
      `${what}, mails over 4 connections: to a connection of nodemailer`,
      times(toConnection),
      `>= 0.9 x (${rate})`,
      toConnection >= 0.9,
    );
    print(`${what}, the same: to the pool of nodemailer`, times(toPool), `>= 2 x (${perSecond(rates.pool)}, ${us(cpu.pool)})`, toPool >= 2);
  }
}

if (wanted('composing')) {
  const all = await told<Readonly<Record<string, ComposingCosts>>>('./email/composing.ts');
  for (const [name, { ours, theirs }] of Object.entries(all)) {
    const times = theirs / ours;
    const figures = `>= 1.5 x (${ours.toFixed(0)} us, ${theirs.toFixed(0)} us of CPU time)`;
    print(`composing a mail, ${name}: times nodemailer's composer`, `${times.toFixed(1)} x`, figures, times >= 1.5);
  }
}

if (wanted('journal')) {
  const figures = await measureJournal(200_000);
  const times = (value: number) => `${value.toFixed(2)} x`;
  const { claim, timeWithBacklog, cpuWithBacklog, timeWhileForgetting, oneByOne, inRuns } = figures;
  print('journal: a claim with 200,000 legs waiting for their retry', `${claim.toFixed(2)} ms`, '<= 1 ms', claim <= 1);
  print('journal: time for 1,500 new legs with them, to without', times(timeWithBacklog), '<= 1.5 x', timeWithBacklog <= 1.5);
  print('journal: CPU time of the same', times(cpuWithBacklog), '<= 1.5 x', cpuWithBacklog <= 1.5);
  print('journal: a batch of steps while it forgets, to without', times(timeWhileForgetting), '<= 2 x', timeWhileForgetting <= 2);
  print('journal: legs of one order key in runs of 64', perSecond(inRuns), `> one by one: ${perSecond(oneByOne)}`, inRuns > oneByOne);
}

if (wanted('find')) {
  const { rows, median: usual, worst, first, command } = await measureFind(1_000_000);
  const more = `<= 100 ms (median ${usual.toFixed(2)} ms, the first ${ms(first)}, as a program of its own ${ms(command)})`;
  print(`journal: worst find by business key in ${rows.toLocaleString('en')} rows`, ms(worst), more, worst <= 100);
}

if (wanted('records')) {
  const { read, readByHand, write, writeByHand } = await told<RecordFigures>('./records-child.ts');
  const rate = (value: number) => `${value.toFixed(0)} MB/s`;
  print('records: reading twenty fields, by processor time', rate(read), `>= 50 MB/s (slicing by hand: ${rate(readByHand)})`, read >= 50);
  print('records: writing them', rate(write), `>= 50 MB/s (padding by hand: ${rate(writeByHand)})`, write >= 50);
}

if (wanted('start')) {
  const { startedIn, runningAfter, rss, own = Number.NaN, bareRss } = await measureStartUp();
  print(
    'start of the order-flow manifest to running',
    ms(startedIn),
    `<= 300 ms (${ms(runningAfter)} from the start of the process)`,
    startedIn <= 300,
  );
  print(
    'idle memory of the order-flow manifest',
    mb(rss),
    `<= 100 MB (bare Node with as many threads: ${mb(bareRss)}; without what all Node processes share: ${mb(own)})`,
    rss <= 100 * 1024 ** 2,
  );
}

if (wanted('messages')) {
  const all = await severalTimes(() => told<Readonly<Record<string, Costs>>>('./messages/child.ts'));
  const times = (value: number) => `${value.toFixed(2)} x`;
  for (const name of Object.keys(all[0] ?? {})) {
    const costs = all.map((each) => each[name] as Costs);
    const of = (figure: (costs: Costs) => number) => median(costs.map(figure));
    const us = (key: keyof Costs) => `${of((each) => each[key]).toFixed(0)} us`;
    const read = of((each) => each.saxes / each.read);
    const written = of((each) => each.read / each.write);
    const wrong = of((each) => each.refuse / each.read);
    const [reading, writing] = [of((each) => each.fastRead / each.read), of((each) => each.fastWrite / each.write)];
    print(`${name}: read, checked and mapped, to saxes walking it`, times(read), `>= 1 x (${us('read')} of CPU time)`, read >= 1);
    print(`${name}: written, to read`, times(written), `>= 1 x (${us('write')})`, written >= 1);
    print(`${name}: a wrong one, to a right one`, times(wrong), '<= 3 x', wrong <= 3);
    print(`${name}: read, to fast-xml-parser`, times(reading), '>= 3 x', reading >= 3);
    print(`${name}: written, to the builder of fast-xml-parser`, times(writing), '>= 3 x', writing >= 3);
  }
  const importing = median(await severalTimes(() => told<number>('./messages/importing-child.ts')));
  print('importing the pack of 37 messages, CPU time', ms(importing), '<= 30 ms', importing <= 30);
}

if (wanted('cxml')) {
  const all = await severalTimes(() => told<OrderCosts>('./messages/cxml-child.ts'));
  const of = (figure: (costs: OrderCosts) => number) => median(all.map(figure));
  const [share, read] = [of((each) => each.saxes / each.read), of((each) => each.read)];
  const [time, memory] = [of(({ large }) => large.ms), of(({ large }) => large.bytes)];
  const figures = `>= 0.8 x (${of(({ characters }) => characters)} characters, ${read.toFixed(0)} us of CPU time)`;
  print('OrderRequest: read, checked and mapped, to saxes walking it', `${share.toFixed(2)} x`, figures, share >= 0.8);
  print('OrderRequest of 1,000 lines, first of a process, CPU time', ms(time), '<= 100 ms', time <= 100);
  print('the same: memory', mb(memory), '<= 50 MB', memory <= 50 * 1024 ** 2);
}

if (wanted('files')) {
  const { inbound, outbound } = await filesEntered();
  print('source files entered by one message, HTTP body to handler', `${inbound.length}`, '<= 40', inbound.length <= 40);
  print('source files entered by one publish to a file', `${outbound.length}`, '<= 34', outbound.length <= 34);
  if (values.files)
    for (const file of [...inbound.map((one) => `in   ${one}`), ...outbound.map((one) => `out  ${one}`)])
      process.stdout.write(`      ${file}\n`);
}
