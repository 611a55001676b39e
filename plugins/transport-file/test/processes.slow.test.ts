import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Order } from '@waybill/contract';
import { ownProcessIdentity } from '@waybill/contract/system';
import { eventually, stays } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nameOf, openWorld, type World } from './world.ts';

interface Child {
  readonly process: ChildProcess;
  readonly names: readonly string[];
  kill(): Promise<void>;
}

function startChild(world: World, mode: 'hold' | 'accept' | 'accept-one' | 'give-one-up', lease = '1h', order: Order = 'parallel'): Child {
  const settings = JSON.stringify({ every: '20ms', settle: '0ms', lease });
  const child = fork(new URL('./listening-child.ts', import.meta.url), [world.folder, settings, mode, order], { execArgv: [] });
  const names: string[] = [];
  child.on('message', (name: string) => names.push(name));
  const exit = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(kill);
  return { process: child, names, kill };
}

describe('a process that is killed', () => {
  it('gives everything that it had in hand back at once, however long its lease is', async () => {
    const world = await openWorld();
    const names = ['a.xml', 'b.xml', 'c.xml', 'd.xml'];
    for (const name of names) await world.write(name);
    const child = startChild(world, 'hold');
    await eventually(() => child.names.length === 3, { what: 'three files in the hands of the child' });
    await child.kill();
    const desk = await world.listen();
    desk.automatically((held) => held.accept());
    await eventually(() => desk.all.length === 4, { what: 'all files' });
    expect(desk.all.map(nameOf)).toEqual(names);
  });

  it('loses nothing, whenever that happens, while another one works on the same folder', async () => {
    const world = await openWorld();
    const survivor = startChild(world, 'accept');
    const files: string[] = [];
    const progress = { over: false };
    const writing = (async () => {
      while (!progress.over) {
        const name = `${String(files.length).padStart(6, '0')}.xml`;
        await world.write(name);
        files.push(name);
      }
    })();
    const handed = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const victim = startChild(world, 'accept');
      await eventually(() => victim.names.length > 5, { what: 'the victim to be at work' });
      await victim.kill();
      for (const name of victim.names) handed.add(name);
    }
    progress.over = true;
    await writing;
    const all = (): Set<string> => new Set([...handed, ...survivor.names]);
    await eventually(() => all().size === files.length, { what: 'every file to be handed over', within: 30_000 });
    expect([...all()].toSorted()).toEqual(files);
    await eventually(async () => (await world.names()).join() === 'rejected', { what: 'the folder to be empty' });
  });

  it('shares a folder with another one without handing out a file twice', async () => {
    const world = await openWorld();
    const children = [startChild(world, 'accept'), startChild(world, 'accept')];
    const files = Array.from({ length: 200 }, (_, number) => `${String(number).padStart(3, '0')}.xml`);
    for (const name of files) await world.write(name);
    const handed = (): string[] => children.flatMap((child) => child.names);
    await eventually(() => handed().length >= files.length, { what: 'every file to be handed over' });
    expect(handed().toSorted()).toEqual(files);
  });
});

describe('a process whose listener has stopped', () => {
  it('ends by itself: nothing is left behind', async () => {
    const world = await openWorld();
    await world.write('order.xml');
    const child = startChild(world, 'accept-one');
    let code: number | null = null;
    child.process.once('exit', (status) => (code = status));
    await eventually(() => code === 0, { what: 'the process to end', within: 30_000 });
    expect(await world.names()).toEqual(['rejected']);
  });

  it('ends by itself also with a file in hand of which nobody will ever say what became', async () => {
    const world = await openWorld();
    await world.write('order.xml');
    const child = startChild(world, 'give-one-up');
    let hasEnded = false;
    child.process.once('exit', () => (hasEnded = true));
    await eventually(() => hasEnded, { what: 'the process to end', within: 20_000 });
    expect(child.names).toEqual(['order.xml']);
  });
});

describe('a process that works on a file for longer than its lease', () => {
  it('keeps it, for it shows that it is alive', async () => {
    const world = await openWorld({ lease: '300ms' });
    await world.write('order.xml');
    const child = startChild(world, 'hold', '300ms');
    await eventually(() => child.names.length === 1, { what: 'the file in the hands of the child' });
    const desk = await world.listen();
    await stays(() => desk.all.length === 0, { what: 'the file left to the child', within: 1_200 });
    expect(child.names).toEqual(['order.xml']);
  });
});

describe('a process that hangs', () => {
  it('loses its files when its lease is over, and does no harm when it wakes up', async () => {
    const world = await openWorld();
    await world.write('order.xml');
    const child = startChild(world, 'hold', '300ms');
    await eventually(() => child.names.length === 1, { what: 'the file in the hands of the child' });
    child.process.kill('SIGSTOP');
    const desk = await world.listen();
    const held = await desk.next();
    expect(nameOf(held)).toBe('order.xml');
    child.process.kill('SIGCONT');
    held.accept();
    await world.write('next.xml');
    await eventually(() => child.names.length + desk.all.length === 3, { what: 'the next file in the hands of one of them' });
    expect([...child.names, ...desk.all.map(nameOf)].toSorted()).toEqual(['next.xml', 'order.xml', 'order.xml']);
  });
});

describe('a process that hangs with files that come in order', () => {
  it('loses them within seconds, however long its lease is, and nothing overtakes them', async () => {
    const world = await openWorld({ lease: '1h' });
    for (const name of ['a.xml', 'b.xml']) await world.write(name);
    const child = startChild(world, 'hold', '1h', 'serial');
    await eventually(() => child.names.length === 1, { what: 'the first file in the hands of the child' });
    child.process.kill('SIGSTOP');
    const told: string[] = [];
    const desk = await world.listen({ order: 'serial', tell: (state) => told.push(state) });
    desk.automatically((held) => held.accept());
    await eventually(() => desk.all.length === 2, { what: 'both files' });
    expect(desk.all.map(nameOf)).toEqual(['a.xml', 'b.xml']);
    expect(told).toEqual(['standing-by', 'receiving']);
  });
});

describe('the claims of a process on another machine', () => {
  const elsewhere = '00000000face.00000000cafe.4711.815-300-0badcafe';

  async function claimElsewhere(world: World, owner: string): Promise<string> {
    const folder = join(world.folder, '.waybill', 'claims', owner);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '000000000001-0badcafe0badcafe-order.xml'), '<Order/>');
    return folder;
  }

  it('go back when it shows no sign of life for the time of its lease', async () => {
    const world = await openWorld();
    const folder = await claimElsewhere(world, elsewhere);
    let alive = true;
    const living = setInterval(() => {
      if (alive) void utimes(folder, new Date(), new Date()).catch(() => undefined);
    }, 50);
    onTestFinished(() => clearInterval(living));
    const desk = await world.listen();
    await stays(() => desk.all.length === 0, { what: 'the file left alone', within: 600 });
    alive = false;
    const diedAt = performance.now();
    const held = await desk.next();
    expect(held.text).toBe('<Order/>');
    expect(held.at - diedAt).toBeGreaterThan(200);
    held.accept();
    await eventually(async () => !(await readdir(join(world.folder, '.waybill', 'claims'))).includes(elsewhere), {
      what: 'its folder of claims to be removed',
    });
  });

  it('go back at once when the process was on this machine and its id is somebody else’s now', async () => {
    const world = await openWorld();
    await claimElsewhere(world, `${ownProcessIdentity().replace(/\d*$/, '1')}-3600000-0badcafe`);
    expect((await (await world.listen()).next()).text).toBe('<Order/>');
  });

  it('are left alone when nobody can read whose they are', async () => {
    const world = await openWorld();
    await claimElsewhere(world, 'somebody');
    await world.write('other.xml');
    const desk = await world.listen();
    expect(nameOf(await desk.next())).toBe('other.xml');
    desk.automatically((held) => held.accept());
    await stays(() => desk.all.length === 1, { what: 'nothing else handed over' });
  });
});

describe('a listener whose lease was taken for ended', () => {
  it('says that a file in its hands was taken over', async () => {
    const world = await openWorld({ lease: '60ms' });
    await world.write('order.xml');
    const desk = await world.listen();
    const { lost } = (await desk.next()).delivery;
    expect(lost?.aborted).toBe(false);
    const claims = join(world.folder, '.waybill', 'claims');
    for (const owner of await readdir(claims)) await rename(join(claims, owner), join(claims, `free-${owner}`));
    await eventually(() => lost?.aborted, { what: 'the delivery to be lost' });
  });

  it('does not mind when somebody else has settled its file, and works on', async () => {
    const world = await openWorld({ lease: '60ms' });
    await world.write('order.xml');
    const desk = await world.listen();
    const held = await desk.next();
    const claims = join(world.folder, '.waybill', 'claims');
    for (const owner of await readdir(claims)) await rm(join(claims, owner), { recursive: true });
    held.accept();
    await world.write('next.xml');
    expect(nameOf(await desk.next())).toBe('next.xml');
  });
});
