import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { CrashOrder, CrashReport } from './crash-child.ts';
import type { Rig } from './rig.ts';

const child = new URL(import.meta.url.endsWith('.ts') ? './crash-child.ts' : './transport/crash-child.js', import.meta.url);

/** What was in hand. */
export interface Unsettled {
  readonly id: string | undefined;
  readonly attempt: number | undefined;
}

/**
 * Lets a listener take one message and die with it in hand: a child process that is killed, or where the harness names
 * no module, a connection that is abandoned. The listener wants order, so that it holds the endpoint alone where it can. `before` is what happens between taking and dying.
 */
export async function crashWithOneInHand(rig: Rig, before: () => Promise<void> = async () => undefined): Promise<Unsettled> {
  const { module, abandon } = rig.harness;
  if (module) return crashInChild(rig, module, before);
  if (!abandon) throw new Error('the harness has to give `module` or `abandon`, because the transport says that it is transacted');
  const connection = await rig.connect();
  const desk = await rig.listen({ connection, order: 'serial' });
  const held = await desk.next();
  await before();
  rig.forget(connection);
  await abandon(connection, rig.world);
  return { id: held.id, attempt: held.delivery.attempt };
}

async function crashInChild(rig: Rig, module: URL, before: () => Promise<void>): Promise<Unsettled> {
  const order: CrashOrder = {
    module: module.href,
    connection: rig.world.connection,
    inbound: rig.world.inbound ?? {},
    folder: rig.folder,
  };
  const worker = fork(child, { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const exit = once(worker, 'exit');
  try {
    worker.send(order);
    const first = once(worker, 'message').then(([report]) => report as CrashReport);
    const report = await rig.within(
      Promise.race([first, exit.then(() => ({ failed: 'it ended by itself' }))]),
      'the child to take a message',
    );
    if ('failed' in report) throw new Error(`the child process could not listen: ${report.failed}`);
    await before();
    return report;
  } finally {
    worker.kill('SIGKILL');
    await exit;
  }
}
