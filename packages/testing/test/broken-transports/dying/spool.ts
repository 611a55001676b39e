import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Deliver,
  defineTransport,
  type Listener,
  type Message,
  path,
  type ReceiveContext,
  type Settlement,
  settings,
} from '@waybill/contract';
import { lateError, pause, slowly } from './slowly.ts';
import type { SpoolFault } from './spool-fault.ts';
import { SpoolSender } from './spool-sender.ts';

/** A message as it lies in a folder. */
export interface Spooled {
  readonly id?: string | undefined;
  readonly replyTo?: string | undefined;
  readonly body: string;
}

/** Listeners of this process that are alive. */
const living = new Set<string>();
let owners = 0;

/** A small transport whose processes can be killed: a folder of messages, each claimed by renaming it. */
export function spool(fault?: SpoolFault) {
  return defineTransport({
    name: fault ?? 'sound-spool',
    summary: 'Reads messages from a folder and writes messages to one, for the tests of the suite.',
    connection: settings({ path: path({ description: 'The folder.' }) }),
    async connect({ path: folder }) {
      for (const inner of ['in', 'out', 'drafts', 'claims', 'replies']) await mkdir(join(folder, inner), { recursive: true });
      return folder;
    },
    receive: {
      endpoint: settings({}),
      guarantees: {
        transacted: true,
        ordered: 'per-endpoint',
        shared: true,
        exclusive: false,
        replies: 'addressed',
        waits: false,
        redelivers: 'at-once',
        countsAttempts: false,
      },
      open: async (folder, _, context) => new SpoolListener(folder, context, fault),
    },
    send: {
      endpoint: settings({}),
      guarantees: { requestReply: false, deduplicates: true },
      open: async (folder) => new SpoolSender(folder, fault),
    },
  });
}

class SpoolListener implements Listener {
  readonly #folder: string;
  readonly #context: ReceiveContext;
  readonly #fault: SpoolFault | undefined;
  readonly #owner = `${process.pid}-${++owners}`;
  readonly #inHand = new Set<Promise<void>>();
  readonly #unacknowledged: string[] = [];
  #taken = 0;

  constructor(folder: string, context: ReceiveContext, fault: SpoolFault | undefined) {
    this.#folder = folder;
    this.#context = context;
    this.#fault = fault;
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    living.add(this.#owner);
    await mkdir(this.#claims);
    let isFirst = true;
    while (!stop.aborted) {
      if (isFirst || this.#fault !== 'recovers-only-when-it-starts') await this.#recover();
      isFirst = false;
      const name = this.#inHand.size < this.#context.concurrency ? await this.#claimNext() : undefined;
      if (name === undefined) await pause(5);
      else if (stop.aborted) await this.#giveBack(name);
      else {
        // Read before the next one is claimed: whichever is read sooner would be handed over first.
        const spooled = JSON.parse(await readFile(join(this.#claims, name), 'utf8')) as Spooled;
        const work: Promise<void> = this.#handOver(name, spooled, deliver, stop).finally(() => this.#inHand.delete(work));
        this.#inHand.add(work);
      }
    }
    await Promise.all(this.#inHand);
    if (this.#fault === 'moves-what-is-left-when-it-stops') await this.#moveWhatIsLeft();
    for (const name of this.#unacknowledged) await unlink(join(this.#claims, name));
    await rm(this.#claims, { recursive: true });
    living.delete(this.#owner);
  }

  async reply(reply: Message, to: string, { signal }: { readonly signal: AbortSignal }) {
    if (signal.aborted) throw lateError();
    await this.#place(to, reply.id, { correlationId: reply.correlationId, body: Buffer.from(reply.body).toString('base64') });
    return { detail: to };
  }

  get #claims(): string {
    return join(this.#folder, 'claims', this.#owner);
  }

  /** Gives back what the dead had in hand. */
  async #recover(): Promise<void> {
    for (const owner of await readdir(join(this.#folder, 'claims'))) {
      if (isAlive(owner)) continue;
      const claims = join(this.#folder, 'claims', owner);
      const behind = this.#fault === 'puts-what-was-left-behind-at-the-end' ? 'late-' : '';
      const left = (await readdir(claims)).filter((name) => !name.startsWith('.'));
      for (const name of left) await rename(join(claims, name), join(this.#folder, 'in', `${behind}${name}`));
      await rm(claims, { recursive: true, force: true });
    }
  }

  async #claimNext(): Promise<string | undefined> {
    if (this.#context.order !== 'parallel' && (await this.#othersHold())) return undefined;
    for (const name of (await readdir(join(this.#folder, 'in'))).toSorted()) {
      const [from, to] = [join(this.#folder, 'in', name), join(this.#claims, name)];
      const isFirst = this.#taken === 0;
      const move = this.#fault === 'lets-go-before-it-has-it' && isFirst ? copyAfterwards : rename;
      const isMine = await move(from, to).then(
        () => true,
        () => false,
      );
      if (!isMine) continue;
      // Somebody else may have claimed what stands before it since the look above.
      if (this.#context.order !== 'parallel' && (await this.#othersHold())) {
        await this.#giveBack(name);
        return undefined;
      }
      this.#taken += 1;
      return name;
    }
    return undefined;
  }

  async #othersHold(): Promise<boolean> {
    for (const owner of await readdir(join(this.#folder, 'claims'))) {
      const claims = await readdir(join(this.#folder, 'claims', owner)).catch(() => []);
      if (owner !== this.#owner && claims.length > 0) return true;
    }
    return false;
  }

  async #giveBack(name: string): Promise<void> {
    await rename(join(this.#claims, name), join(this.#folder, 'in', name));
  }

  async #handOver(name: string, spooled: Spooled, deliver: Deliver, stop: AbortSignal): Promise<void> {
    const { id = `spool-${name.replace(/^(late-)+/, '')}`, replyTo, body } = spooled;
    const isEarly = this.#fault === 'acknowledges-before-it-hands-over';
    if (isEarly) await rename(join(this.#claims, name), join(this.#claims, `.${name}`));
    const settlement = await deliver({ message: { id, replyTo, body: Buffer.from(body, 'base64'), properties: {} } });
    if (isEarly) await rename(join(this.#claims, `.${name}`), join(this.#claims, name));
    if (settlement.outcome === 'retry' || settlement.outcome === 'released') return this.#giveBack(name);
    if (this.#fault === 'acknowledges-when-it-stops') this.#unacknowledged.push(name);
    else if (this.#fault === 'removes-before-it-replies') await this.#remove(name, false);
    await this.#sendReply(settlement, replyTo);
    if (this.#fault === 'acknowledges-when-it-stops' || this.#fault === 'removes-before-it-replies') return;
    await this.#remove(name, this.#fault === 'marks-before-it-removes' && !stop.aborted && replyTo === undefined);
  }

  async #remove(name: string, marks: boolean): Promise<void> {
    const done = marks ? `${name}.done` : name;
    if (marks) await rename(join(this.#claims, name), join(this.#claims, done));
    if (marks) await slowly();
    await unlink(join(this.#claims, done));
    if (this.#fault === 'removes-before-it-replies') await slowly();
  }

  async #sendReply(settlement: Settlement, replyTo: string | undefined): Promise<void> {
    const reply = settlement.outcome === 'released' ? undefined : settlement.reply;
    if (reply && replyTo !== undefined) await this.reply(reply, replyTo, { signal: new AbortController().signal });
  }

  async #place(folder: string, name: string, value: object): Promise<void> {
    const draft = join(this.#folder, 'drafts', randomUUID());
    await writeFile(draft, JSON.stringify(value));
    await rename(draft, join(this.#folder, folder, name));
  }

  async #moveWhatIsLeft(): Promise<void> {
    // Not the first one, which somebody else may be about to take.
    for (const name of (await readdir(join(this.#folder, 'in'))).toSorted().slice(1)) {
      const file = join(this.#folder, 'in', name);
      await copyAfterwards(file, file).catch(() => undefined);
    }
  }
}

/** Not as it should be: for a moment the file is nowhere. */
async function copyAfterwards(from: string, to: string): Promise<void> {
  const bytes = await readFile(from);
  await unlink(from);
  await slowly();
  await writeFile(to, bytes);
}

function isAlive(owner: string): boolean {
  const pid = Number(owner.split('-')[0]);
  if (pid === process.pid) return living.has(owner);
  try {
    return process.kill(pid, 0);
  } catch {
    // There is no such process any more.
    return false;
  }
}
