import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fateOfProcess, ownProcessIdentity } from '../../src/system.ts';

const own = ownProcessIdentity();
const [place = '', boot = '', pid = '', started = ''] = own.split('.');
const tellsStart = started !== '';

/** A process that runs until its standard input ends. */
function startChild() {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, identity: [place, boot, child.pid, ''].join('.') };
}

describe('the identity of a process', () => {
  it('stays the same, and fits into the name of a file', () => {
    expect(ownProcessIdentity()).toBe(own);
    expect(own).toMatch(/^[0-9a-f]{12}\.[0-9a-f]*\.\d+\.\d*$/);
    expect(own.length).toBeLessThanOrEqual(60);
    expect(Number(pid)).toBe(process.pid);
  });
});

describe('the fate of a process', () => {
  it('is to be alive while it runs', async () => {
    const { child, identity } = startChild();
    expect([fateOfProcess(own), fateOfProcess(identity)]).toEqual(['alive', 'alive']);
    child.stdin?.end();
    await once(child, 'exit');
    expect(fateOfProcess(identity)).toBe('gone');
  });

  it.runIf(tellsStart)('is to be gone when it was killed and its parent does not know yet', async () => {
    // The shell becomes a program that never asks how its child, which it reports first, has ended.
    const parent = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const orphan = Number(line.toString());
    const identity = [place, boot, orphan, ''].join('.');
    expect(fateOfProcess(identity)).toBe('alive');
    process.kill(orphan, 'SIGKILL');
    await expect.poll(() => fateOfProcess(identity)).toBe('gone');
  });

  it.runIf(tellsStart)('is to be gone when another process has its number', () => {
    expect(fateOfProcess([place, boot, pid, '1'].join('.'))).toBe('gone');
  });

  it('is told by its number alone where its start is not known', () => {
    expect(fateOfProcess([place, boot, pid, ''].join('.'))).toBe('alive');
  });

  it('is told apart from that of a machine that was started again', () => {
    expect(fateOfProcess([place, '0123456789ab', pid, started].join('.'))).toBe('restarted');
  });

  it.each([
    ['another machine or container', `0123456789ab.${boot}.${pid}.${started}`],
    ['nobody', 'nonsense'],
    ['number 0, which would mean all processes of the group', `${place}.${boot}.0.`],
  ])('is unknown when it is of %s', (_what, identity) => {
    expect(fateOfProcess(identity)).toBe('unknown');
  });
});
