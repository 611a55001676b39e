import { expect, it, onTestFinished, vi } from 'vitest';
import { openWorld } from './world.ts';

it('a listener that has ended renews its lease no more, though its timer keeps no process alive', async () => {
  const [begun, ended] = [vi.spyOn(globalThis, 'setInterval'), vi.spyOn(globalThis, 'clearInterval')];
  onTestFinished(() => [begun, ended].forEach((spy) => spy.mockRestore()));
  const world = await openWorld({ lease: '1h' });
  const desk = await world.listen();
  await world.write('a.xml');
  (await desk.next()).accept();
  await desk.stop();
  const timers = begun.mock.results.map(({ value }) => value as unknown);
  expect(timers).not.toEqual([]);
  const cleared = ended.mock.calls.map(([timer]) => timer as unknown);
  expect(timers.filter((timer) => !cleared.includes(timer))).toEqual([]);
});
