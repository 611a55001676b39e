import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { describeOwner, isDead } from '../src/liveness.ts';

const me = describeOwner();

describe('the owner of a claim', () => {
  it('lives while its process runs', () => {
    expect(isDead(me, me)).toBe(false);
  });
  it('is dead when its process has ended', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    const { pid } = child;
    await once(child, 'exit');
    expect(isDead({ ...me, pid: pid ?? 0 }, me)).toBe(true);
  });
  it('is dead when another process has its number, where the system tells when a process started', () => {
    expect(isDead({ ...me, started: '1' }, me)).toBe(me.started !== '');
  });
  it('is dead when the machine was started again since', () => {
    expect(isDead({ ...me, boot: 'an earlier one' }, me)).toBe(true);
  });
  it('counts as living when it is in a place that cannot be seen from here', () => {
    expect(isDead({ ...me, place: 'another machine', boot: 'an earlier one', pid: 2 ** 30 }, me)).toBe(false);
  });
});
