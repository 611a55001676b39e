import { type Control, presentLimit, type Tally } from '@waybill/contract';
import { Tallies } from '@waybill/plugin-host/kernel';
import { memoryJournal, recordingLog, testClock } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ControlTick } from '../src/desk/control-tick.ts';
import { Pauses } from '../src/desk/pauses.ts';
import type { KernelStatus } from '../src/desk/status.ts';

const idle: KernelStatus = {
  state: 'running',
  journal: { state: 'ok' },
  connections: [],
  inbound: [],
  outbound: [],
  stranded: [],
  degraded: false,
};

/** A tick whose calls of the journal are kept, on a clock that stands still. */
function setUp(control: Partial<Control> = {}) {
  const clock = testClock();
  const journal = memoryJournal({ clock });
  const presented: unknown[] = [];
  const counted: Tally[][] = [];
  const watched: Partial<Control> = {
    paused: () => journal.control.paused(),
    present: async (status) => {
      await journal.control.present(status);
      presented.push(status);
    },
    count: async (tallies) => void counted.push([...tallies]),
    ...control,
  };
  const current = { status: idle };
  const [pauses, tallies] = [new Pauses(), new Tallies()];
  const { log, lines } = recordingLog();
  const tick = new ControlTick({
    journal: { ...journal, desk: journal.desk, control: watched as Control },
    pauses,
    tallies,
    manifest: 'test',
    status: () => current.status,
    clock,
    log,
  });
  onTestFinished(() => tick.stop());
  tick.start();
  return { clock, journal, presented, counted, current, pauses, tallies, tick, lines };
}

const inHand = (count: number): KernelStatus => ({ ...idle, inbound: [{ name: 'notes', state: 'receiving', inHand: count }] });

describe('a process that looks at the journal', () => {
  it('writes its status once, and again when a minute has passed without news', async () => {
    const { clock, presented } = setUp();
    await clock.advance(59_000);
    expect(presented).toEqual([{ manifest: 'test', ...idle }]);
    await clock.advance(3_000);
    expect(presented).toHaveLength(2);
  });

  it('writes a status that changes all the time every two seconds', async () => {
    const { clock, presented, current } = setUp();
    for (let second = 1; second <= 10; second += 1) {
      current.status = inHand(second);
      await clock.advance(1_000);
    }
    expect(presented).toHaveLength(5);
  });

  it('shortens a status that is longer than the journal takes', async () => {
    const { clock, presented, current } = setUp();
    current.status = { ...idle, connections: [{ name: 'x'.repeat(presentLimit), transport: 'memory', state: 'open' }] };
    await clock.advance(1_000);
    expect(presented).toEqual([{ manifest: 'test', state: 'running', journal: { state: 'ok' }, degraded: false, shortened: true }]);
  });

  it('looks once a second what is paused, and sooner when it is woken', async () => {
    const { clock, journal, pauses, tick } = setUp();
    const pause = pauses.of('in', 'notes');
    await journal.control.pause({ direction: 'in', entry: 'notes' }, { who: 'anna' });
    expect(pause.isOn).toBe(false);
    await clock.advance(1_000);
    expect(pause.isOn).toBe(true);
    await journal.control.resume({ direction: 'in', entry: 'notes' }, { who: 'anna' });
    tick.wake();
    await clock.advance(0);
    expect(pause.isOn).toBe(false);
  });

  it('says once that a step fails, and goes on', async () => {
    let written = 0;
    const present = async () => {
      written += 1;
      throw new Error('the disk is full');
    };
    const { clock, lines, pauses, journal } = setUp({ present });
    const pause = pauses.of('in', 'notes');
    await clock.advance(5_000);
    expect(written).toBe(5);
    expect(lines).toMatchObject([
      { level: 'warn', fields: { error: 'the disk is full' }, text: 'writing the status failed; it is tried again' },
    ]);
    await journal.control.pause({ direction: 'in', entry: 'notes' }, { who: 'anna' });
    await clock.advance(1_000);
    expect(pause.isOn).toBe(true);
  });
});

describe('the numbers of a process', () => {
  const minute = Date.UTC(2026, 0, 1);
  const done = (count: number, at = minute): Tally => ({ direction: 'in', entry: 'notes', outcome: 'done', minute: at, count });

  it('are written once in ten seconds by minute, and not at all while nothing happens', async () => {
    const { clock, counted, tallies } = setUp();
    await clock.advance(30_000);
    expect(counted).toEqual([]);
    const tally = tallies.of('in', 'notes');
    for (const at of [minute + 30_000, minute + 59_999, minute + 60_000]) tally.add('done', at);
    tally.add('parked', minute + 60_000);
    await clock.advance(10_000);
    expect(counted).toEqual([[done(2), done(1, minute + 60_000), { ...done(1, minute + 60_000), outcome: 'parked' }]]);
  });

  it('are written when it stops', async () => {
    const { tallies, counted, tick } = setUp();
    tallies.of('in', 'notes').add('done', minute);
    await tick.stop();
    expect(counted).toEqual([[done(1)]]);
  });

  it('are kept while the journal does not take them', async () => {
    let isFull = true;
    const taken: Tally[] = [];
    const count = async (tallies: readonly Tally[]) => {
      if (isFull) throw new Error('the disk is full');
      taken.push(...tallies);
    };
    const { clock, tallies } = setUp({ count });
    tallies.of('in', 'notes').add('done', minute);
    await clock.advance(10_000);
    isFull = false;
    await clock.advance(10_000);
    expect(taken).toEqual([done(1)]);
  });
});
