import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { callApplication, Deadlines } from '../src/calling/call-plugin.ts';

const late = () => new Error('late');

describe('a deadline', () => {
  it('lets through what is done in time, value and error alike', async () => {
    const deadlines = new Deadlines();
    await expect(deadlines.within(pause(1, 'done'), 5_000, late)).resolves.toBe('done');
    await expect(deadlines.within(Promise.reject(new Error('refused')), 5_000, late)).rejects.toThrow('refused');
  });

  it('rejects what is not, once, however long the work goes on', async () => {
    const deadlines = new Deadlines();
    const work = Promise.withResolvers<string>();
    let asked = 0;
    const within = deadlines.within(work.promise, 1, () => {
      asked++;
      return late();
    });
    await expect(within).rejects.toThrow('late');
    await pause(250);
    expect(asked).toBe(1);
    work.resolve('too late');
  });

  it('holds for each piece of work on its own', async () => {
    const deadlines = new Deadlines();
    const never = new Promise<never>(() => undefined);
    const short = deadlines.within(never, 1, late);
    const long = deadlines.within(pause(400, 'done'), 5_000, late);
    await expect(short).rejects.toThrow('late');
    await expect(long).resolves.toBe('done');
  });

  it('rejects with what a foreign thenable throws', async () => {
    const broken = {
      // oxlint-disable-next-line unicorn/no-thenable
      then: () => {
        throw new Error('no promise at all');
      },
    };
    await expect(new Deadlines().within(broken as unknown as PromiseLike<never>, 5_000, late)).rejects.toThrow('no promise at all');
  });
});

describe('an answer of the application', () => {
  it('that is no promise comes back at once', () => {
    expect(callApplication(new Deadlines(), 'The handler of a.b', 1_000, 'at once')).toBe('at once');
  });

  it('that does not come in time is told with what was late, and for how long', async () => {
    const answer = callApplication(new Deadlines(), 'The handler of a.b', 1, new Promise<never>(() => undefined));
    await expect(answer).rejects.toMatchObject({
      code: 'WB_COMMAND_TIMEOUT',
      message: 'The handler of a.b did not finish within 0.001 s.',
    });
  });
});
