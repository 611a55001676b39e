import type { Rig } from '../rig.ts';
import { letDie } from './victim.ts';

/** What was in hand. */
export interface Unsettled {
  readonly id: string | undefined;
  readonly attempt: number | undefined;
}

/**
 * Lets a listener take the message `text` and die with it in hand: a child process that is killed, or where the harness names
 * no module, a connection that is abandoned. The listener wants order, so that it holds the endpoint alone where it can. `before` is what happens between taking and dying.
 */
export async function crashWithOneInHand(rig: Rig, text: string, before: () => Promise<void> = async () => undefined): Promise<Unsettled> {
  const { module, abandon } = rig.harness;
  if (module) return crashInChild(rig, module, text, before);
  if (!abandon) throw new Error('the harness has to give `module` or `abandon`, because the transport says that it is transacted');
  const connection = await rig.connect();
  const desk = await rig.listen({ connection, order: 'serial' });
  const held = await desk.next();
  await before();
  rig.forget(connection);
  await abandon(connection, rig.world);
  return { id: held.id, attempt: held.delivery.attempt };
}

async function crashInChild(rig: Rig, module: URL, text: string, before: () => Promise<void>): Promise<Unsettled> {
  const victim = await letDie(
    rig,
    module,
    { kind: 'take', texts: [text] },
    {
      meanwhile: async (one) => {
        await one.says('over');
        await before();
      },
    },
  );
  const handed = victim.news.find((one) => one.kind === 'handed');
  if (!handed) throw new Error('the child process ended by itself before it had taken the message');
  return handed;
}
