import { TransportError } from '@waybill/contract';
import { testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Circuit } from '../src/calling/circuit.ts';

const away = () => new TransportError('WB_TEST_503', 'Not now.', { retryable: true });
const lost = () => new TransportError('WB_TEST_LOST', 'Gone.', { connectionLost: true });
const refused = () => new TransportError('WB_TEST_NO', 'No.', { outcome: 'refused', kind: 'unavailable', retryable: true });
const forever = new AbortController().signal;

function setUp() {
  const clock = testClock();
  const circuit = new Circuit(clock);
  /** Waits for its turn; `tries` has the names of those whose turn has come. */
  const tries: string[] = [];
  const mayTry = (name: string, stop: AbortSignal = forever) => circuit.mayTry(stop).then(() => void tries.push(name));
  return { clock, circuit, tries, mayTry };
}

describe('a circuit', () => {
  it('opens when three different messages in a row have met a far side that is away', () => {
    const { circuit } = setUp();
    expect([circuit.failed('a', away()), circuit.failed('b', away()), circuit.isOpen]).toEqual([undefined, undefined, false]);
    expect(circuit.failed('c', away())).toBeGreaterThan(0);
    expect(circuit.isOpen).toBe(true);
  });

  it('stays closed for one message that is never taken', () => {
    const { circuit } = setUp();
    for (let count = 0; count < 10; count += 1) expect(circuit.failed('a', away())).toBeUndefined();
    expect(circuit.isOpen).toBe(false);
  });

  it('begins the row anew after a success, of which it wants to hear', () => {
    const { circuit } = setUp();
    circuit.failed('a', away());
    circuit.failed('b', away());
    expect(circuit.isCalm).toBe(false);
    expect(circuit.succeeded()).toBe(false);
    expect(circuit.isCalm).toBe(true);
    expect([circuit.failed('c', away()), circuit.failed('d', away()), circuit.isOpen]).toEqual([undefined, undefined, false]);
  });

  it('opens at once when the connection is lost', () => {
    const { circuit } = setUp();
    expect(circuit.failed('a', lost())).toBeGreaterThan(0);
  });

  it.each([
    ['has refused the message', refused()],
    [
      'has told of a recipient',
      new TransportError('WB_TEST', 'No.', { retryable: true, recipients: [{ address: 'a', outcome: 'later' }] }),
    ],
    ['has found the message wrong', new TransportError('WB_TEST', 'No.', { kind: 'invalid' })],
  ])('knows that a far side is there which %s', (_, error) => {
    const { circuit } = setUp();
    circuit.failed('a', lost());
    expect(circuit.failed('b', error)).toBeUndefined();
    expect([circuit.isOpen, circuit.openFor]).toEqual([false, 0]);
  });
});

describe('an open circuit', () => {
  it('lets one message at a time find out whether the far side is back, when the wait is over', async () => {
    const { clock, circuit, tries, mayTry } = setUp();
    circuit.failed('a', lost());
    void mayTry('first').then(() => circuit.probes());
    expect(circuit.refuses).toBe(true);
    await clock.advance(circuit.openFor - 1);
    expect(tries).toEqual([]);
    await clock.advance(1);
    expect(tries).toEqual(['first']);
    void mayTry('second');
    await clock.advance(60_000);
    expect([tries, circuit.refuses]).toEqual([['first'], true]);
    expect(circuit.succeeded()).toBe(true);
    await clock.advance(0);
    expect(tries).toEqual(['first', 'second']);
  });

  it('lets the next one find out when the first has failed and the wait is over', async () => {
    const { clock, circuit, tries, mayTry } = setUp();
    circuit.failed('a', lost());
    await clock.advance(circuit.openFor);
    circuit.probes();
    void mayTry('second');
    await clock.advance(0);
    const wait = circuit.failed('a', away()) ?? 0;
    await clock.advance(wait - 1);
    expect(tries).toEqual([]);
    await clock.advance(1);
    expect(tries).toEqual(['second']);
  });

  it('waits longer each time, never for five seconds, and begins anew after a success', () => {
    const { circuit } = setUp();
    const waits = Array.from({ length: 20 }, () => circuit.failed('a', lost()) ?? 0);
    expect(waits[0]).toBeLessThanOrEqual(120);
    expect(waits.slice(0, 5).every((wait, index) => index === 0 || wait > (waits[index - 1] ?? 0))).toBe(true);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(3_200);
    expect(Math.max(...waits)).toBeLessThanOrEqual(4_800);
    circuit.succeeded();
    expect(circuit.failed('a', lost())).toBeLessThanOrEqual(120);
  });

  it('keeps nobody who is asked to stop', async () => {
    const { clock, circuit, tries, mayTry } = setUp();
    const stop = new AbortController();
    circuit.failed('a', lost());
    void mayTry('waits', stop.signal);
    await clock.advance(circuit.openFor);
    circuit.probes();
    void mayTry('waits for the probe', stop.signal);
    await clock.advance(0);
    stop.abort();
    await clock.advance(0);
    expect(tries).toContain('waits for the probe');
    expect(clock.sleeping).toBe(0);
  });
});
