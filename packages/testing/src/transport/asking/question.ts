import type { AnyTransport } from '@waybill/contract';
import { describe, it } from 'vitest';
import type { TransportHarness } from '../harness.ts';
import { Rig } from '../rig.ts';
import { type Answers, type Level, levels, type Question } from './answers.ts';

/** A suite decides by the declared guarantees what it asks; these names say that it is not a test file that does so. */
const group = describe;
const question = it;

/** Asks one question in a fresh world, and closes everything afterwards. */
export interface Ask {
  (fact: string, answer: (rig: Rig) => Promise<void>): void;
  /** Asks what needs no world. */
  plainly(fact: string, answer: () => Promise<void> | void): void;
  group(title: string, register: () => void): void;
  /** Asks what a guarantee promises, where the transport declares it. */
  declared(isDeclared: boolean, guarantee: string, register: () => void): void;
  /** Asks what a member of the harness is needed for, where there is one. `level`: `troubles`, unless it says something else. */
  given<Member extends keyof TransportHarness>(
    member: Member,
    register: (value: NonNullable<TransportHarness[Member]>) => void,
    level?: Level,
  ): void;
}

/** Whoever asks, and writes down what was asked. */
export function asker(transport: AnyTransport, harness: TransportHarness, answers: Answers): Ask {
  const asking = new Asking(harness, answers);
  const inWorld = (fact: string, answer: (rig: Rig) => Promise<void>): void =>
    asking.ask(fact, () => inFreshWorld(transport, harness, answer));
  return Object.assign(inWorld, {
    plainly: (fact: string, answer: () => Promise<void> | void) => asking.ask(fact, answer),
    group: (title: string, register: () => void) => asking.group(title, register),
    declared: (isDeclared: boolean, guarantee: string, register: () => void) =>
      asking.within('guarantees', isDeclared ? undefined : `the transport does not declare ${guarantee}`, register),
    given: <Member extends keyof TransportHarness>(
      member: Member,
      register: (value: NonNullable<TransportHarness[Member]>) => void,
      level: Level = 'troubles',
    ) => {
      const value = harness[member];
      const because = value === undefined || value === false ? `the harness does not give \`${member}\`` : undefined;
      asking.within(level, because, () => register(value as NonNullable<TransportHarness[Member]>));
    },
  });
}

/** What is known of a question before it is asked. */
interface Place {
  readonly titles: readonly string[];
  readonly level: Level;
  /** Why it is not asked. */
  readonly because: string | undefined;
}

/** Registers questions, each with its place. */
class Asking {
  readonly #answers: Answers;
  readonly #timeout: number;
  #place: Place = { titles: [], level: 'basic', because: undefined };

  constructor({ patience = 10_000 }: TransportHarness, answers: Answers) {
    this.#answers = answers;
    // A question waits for several things in turn, each of them as long as the patience allows.
    this.#timeout = 6 * patience;
  }

  ask(fact: string, answer: () => Promise<void> | void): void {
    const { titles, level, because } = this.#place;
    const asked: Question = { question: [...titles, fact].join(': '), level };
    if (because !== undefined) return this.#answers.leaveOut(asked, because);
    const noted = this.#answers.expect(asked);
    // Several processes are started, one after the other.
    const timeout = level === 'crash' ? 120_000 + 6 * this.#timeout : this.#timeout;
    question(fact, { timeout }, () => noted.answeredBy(answer));
  }

  group(title: string, register: () => void): void {
    const { titles, because } = this.#place;
    const place = { ...this.#place, titles: [...titles, title] };
    // Whatever is in a group is registered later. A group in which nothing is asked would be an error.
    if (because === undefined) group(title, () => this.#at(place, register));
    else this.#at(place, register);
  }

  /** Whatever is registered by `register` belongs to `level`, or to a later one that it is in already, and is not asked where there is a reason. */
  within(level: Level, because: string | undefined, register: () => void): void {
    const { titles, level: outer, because: known } = this.#place;
    const isLater = levels.indexOf(level) > levels.indexOf(outer);
    this.#at({ titles, level: isLater ? level : outer, because: known ?? because }, register);
  }

  #at(place: Place, register: () => void): void {
    const before = this.#place;
    this.#place = place;
    register();
    this.#place = before;
  }
}

async function inFreshWorld(transport: AnyTransport, harness: TransportHarness, answer: (rig: Rig) => Promise<void>): Promise<void> {
  const rig = await Rig.open(transport, harness);
  try {
    await answer(rig);
  } catch (error) {
    // What went wrong first is what the question found; trouble while closing follows from it.
    await rig.close().catch(() => undefined);
    throw error;
  }
  await rig.close();
}
