import type { MessagePackDefinition, MessageType } from '@waybill/contract';
import { typeName } from '@waybill/contract';
import { type CommandDefinition, type Handler, type HandlerContext, handle } from '@waybill/contract/application';
import type { CheckedManifest } from '@waybill/manifest';
import type { Clock } from '@waybill/plugin-host';
import { errors } from '../../errors.ts';
import type { Way } from '../far-sides/far-manifest.ts';
import type { Said } from '../far-sides/far-pack.ts';
import type { Tally } from '../tally.ts';
import { answerTo, refusalOf } from './answering.ts';
import { Chance } from './chance.ts';
import { type FollowUp, followUps } from './following.ts';

/** How the counterpart behaves. */
export interface Manners {
  /** What is made up follows from it. Undefined: the samples are the plain ones. */
  readonly seed: number | undefined;
  /** How long an answer, or the next step, takes, in milliseconds, and by how much it is shorter or longer at most. */
  readonly delay: number;
  readonly spread: number;
  /** Which share of what is received is refused, and which is not answered: from 0 to 1. */
  readonly errors: number;
  readonly unanswered: number;
}

export interface PlayerServices {
  readonly manners: Manners;
  /** That of the other side. */
  readonly manifest: CheckedManifest;
  readonly packs: readonly MessagePackDefinition[];
  readonly ways: readonly Way[];
  readonly clock: Clock;
  readonly tally: Tally;
  /** Sends a message; never rejects. */
  readonly send: (followUp: FollowUp) => Promise<void>;
}

/** A length of time, in milliseconds. */
export function delayOf({ delay, spread }: Pick<Manners, 'delay' | 'spread'>, chance: Chance): number {
  return Math.max(0, delay + (2 * chance.next() - 1) * spread);
}

/** What plays the far side: it takes messages, answers them, and sends what follows them. */
export class Player {
  readonly #services: PlayerServices;
  readonly #stop = new AbortController();
  /** How many messages of a type have come to an entry. */
  readonly #counts = new Map<string, number>();
  readonly #following = new Set<Promise<void>>();

  constructor(services: PlayerServices) {
    this.#services = services;
  }

  handlersFor(commands: readonly CommandDefinition[]): readonly Handler[] {
    return commands.map((command) => handle(command, async (input, context) => (await this.#take(command.name, input, context)) as never));
  }

  /** Waits for nothing any more: what is being delayed is answered at once, and what is still to follow is not sent. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#following);
  }

  /** The answer, where the message has one. Throws `WB_CLI_SIMULATED` and `WB_CLI_NO_SAMPLE`. */
  async #take(event: string, data: unknown, context: HandlerContext): Promise<unknown> {
    const { manners, tally } = this.#services;
    const { messageId, messageType, entry } = context;
    const chance = new Chance(manners.seed ?? 0, entry, messageType, this.#numberOf(`${entry} ${messageType}`));
    const signal = AbortSignal.any([context.signal, this.#stop.signal]);
    await this.#pause(delayOf(manners, chance), signal);
    if (chance.happens(manners.unanswered)) {
      tally.note(messageId, 'unanswered');
      return this.#leaveWaiting(entry, signal);
    }
    const isRefused = chance.happens(manners.errors);
    const { pack, type } = this.#typeNamed(messageType);
    const content = new Chance(manners.seed ?? 0, messageType, JSON.stringify(data));
    const seed = manners.seed === undefined ? undefined : content.seed();
    if (type.reply) {
      const answer = this.#answer(type, data, { isRefused, seed });
      tally.note(messageId, isRefused ? 'refused' : 'answered');
      return answer;
    }
    if (isRefused) throw refused(messageType);
    const connection = this.#services.manifest.outbound.find(({ name }) => name === entry)?.connection.name ?? '';
    this.#follow(followUps({ event, data, schema: type.event?.data, pack: pack.name, connection }, this.#services.ways, seed), content);
    return undefined;
  }

  #numberOf(what: string): number {
    const number = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, number);
    return number;
  }

  async #pause(length: number, signal: AbortSignal): Promise<void> {
    if (length > 0) await this.#services.clock.sleep(length, signal);
  }

  /** Over HTTP a sender waits until it gives up; elsewhere nothing comes back. Throws `WB_CLI_SIMULATED` when nobody waits any more. */
  async #leaveWaiting(entry: string, signal: AbortSignal): Promise<undefined> {
    const { manifest, clock } = this.#services;
    const { connection } = manifest.outbound.find(({ name }) => name === entry) ?? {};
    if (connection?.plugin.card.receive?.guarantees.replies !== 'open') return undefined;
    while (!signal.aborted) await clock.sleep(aMinute, signal);
    throw errors.WB_CLI_SIMULATED('The message was not answered, as --unanswered asked.');
  }

  /** Throws `WB_CLI_SIMULATED` where the reply cannot say that something failed, and `WB_CLI_NO_SAMPLE`. */
  #answer({ event, reply }: MessageType, request: unknown, how: { readonly isRefused: boolean; readonly seed: number | undefined }): Said {
    const { pack, type } = this.#typeNamed(reply === undefined ? '' : typeName(reply));
    const occasion = { pack, type, seed: how.seed, request, schema: event?.data };
    const answer = how.isRefused ? refusalOf(occasion) : answerTo(occasion);
    if (answer) return answer;
    if (type.sample) throw refused(typeName(type));
    throw errors.WB_CLI_NO_SAMPLE(`The pack ${pack.name} makes no samples of ${typeName(type)}.`);
  }

  /** One after the other, each after a delay of its own. */
  #follow(steps: readonly FollowUp[], chance: Chance): void {
    const { manners, send } = this.#services;
    const all = async (): Promise<void> => {
      for (const step of steps) {
        await this.#pause(delayOf(manners, chance), this.#stop.signal);
        if (this.#stop.signal.aborted) return;
        await send(step);
      }
    };
    const following = all().finally(() => this.#following.delete(following));
    this.#following.add(following);
  }

  #typeNamed(name: string): { readonly pack: MessagePackDefinition; readonly type: MessageType } {
    for (const pack of this.#services.packs) {
      const type = pack.messages.find((one) => typeName(one) === name);
      if (type) return { pack, type };
    }
    throw errors.WB_CLI_UNKNOWN_MESSAGE(`No message pack of the manifest knows the message ${name}.`);
  }
}

const aMinute = 60_000;

function refused(messageType: string): Error {
  return errors.WB_CLI_SIMULATED(`${messageType} was refused, as --errors asked.`);
}
