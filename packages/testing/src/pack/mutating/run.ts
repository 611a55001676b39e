import {
  isWaybillError,
  type MessagePackDefinition,
  type MessageType,
  type MessageTypeRef,
  type ReadMessage,
  typeName,
  type WaybillError,
} from '@waybill/contract';
import { type Break, breaksOf, breaksOfRoot } from '../constraints/breaks.ts';
import { fieldsOf } from '../constraints/field.ts';
import { takeApart } from '../constraints/messages.ts';
import { optionsOf, type PackHarness, readable, sampledTypes } from '../harness.ts';
import { blindMutations } from './blind.ts';
import { type Chance, chanceOf, oneOf } from './chance.ts';

export interface MutationOptions extends Pick<PackHarness, 'options' | 'samples'> {
  /** How many messages are made. */
  readonly count: number;
  /** The same seed makes the same messages. Default 1. */
  readonly seed?: number | undefined;
  /**
   * A second judge of what the pack has read although something was changed in it: why it is no such message. Undefined: it is one. `read` is what
   * the pack says.
   */
  readonly judge: (type: MessageType, body: Uint8Array, read: ReadMessage) => string | undefined;
  /** Is called after every thousandth message, to look at the memory. */
  readonly everyThousand?: (() => void) | undefined;
}

/** A message that was not treated as it should be. */
export interface Mistreated {
  readonly type: string;
  readonly mutation: string;
  readonly why: string;
  readonly body: Uint8Array;
}

export interface MutationReport {
  /** Messages that break a rule of their fields, which is known of each. */
  readonly broken: { readonly made: number; readonly refused: number };
  /** Messages that were changed without a look at what they mean. */
  readonly blind: { readonly made: number; readonly refused: number; readonly foreign: number; readonly read: number };
  /** How many messages there were of each type. */
  readonly types: Readonly<Record<string, number>>;
  /** The first hundred. */
  readonly mistreated: readonly Mistreated[];
}

/** How many made-up messages of each type are changed, beside its samples. */
const pool = 24;
const mostTold = 100;
/** What is read may say this many times as much as the message, and an error this many characters: whatever comes, the work has a bound. */
const most = { grows: 10, atLeast: 10_000, told: 4_000 } as const;

interface Subject {
  readonly type: MessageType;
  readonly bodies: readonly Buffer[];
  readonly breaks: readonly Break[];
}

/**
 * Reads messages that something is wrong with. A third breaks a rule that the fields of its message tell: it has to be refused. The others are changed
 * blindly, up to three times: they are refused, are no message of the pack, or are read, and then the judge has to agree. Whatever else is
 * thrown than a final error of ours is told as well, and so is an error of more than 4,000 characters, and what says more than ten times as much as its
 * message.
 */
export function mutateMessages(pack: MessagePackDefinition, options: MutationOptions): MutationReport {
  return new MutationRun(pack, options).run();
}

type Outcome =
  | { readonly kind: 'refused' }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'read'; readonly type: MessageType; readonly read: ReadMessage };

class MutationRun {
  readonly #pack: MessagePackDefinition;
  readonly #options: MutationOptions;
  readonly #subjects: readonly Subject[];
  readonly #chance: Chance;
  readonly #mistreated: Mistreated[] = [];
  readonly #broken = { made: 0, refused: 0 };
  readonly #blind = { made: 0, refused: 0, foreign: 0, read: 0 };
  readonly #types: Record<string, number> = {};

  constructor(pack: MessagePackDefinition, options: MutationOptions) {
    this.#pack = pack;
    this.#options = options;
    this.#chance = chanceOf(options.seed ?? 1);
    this.#subjects = sampledTypes(pack, options).flatMap(({ type, samples }) => (samples.length === 0 ? [] : [subjectOf(type, samples)]));
  }

  run(): MutationReport {
    for (let made = 1; made <= this.#options.count; made += 1) {
      const subject = this.#subjects[made % this.#subjects.length] as Subject;
      const name = typeName(subject.type);
      this.#types[name] = (this.#types[name] ?? 0) + 1;
      if (made % 3 === 0 && subject.breaks.length > 0) this.#readBroken(subject.type, oneOf(subject.breaks, this.#chance));
      else this.#readBlind(subject);
      if (made % 1_000 === 0) this.#options.everyThousand?.();
    }
    return { broken: this.#broken, blind: this.#blind, types: this.#types, mistreated: this.#mistreated };
  }

  #readBroken(type: MessageType, { what, make }: Break): void {
    const body = Buffer.from(make());
    this.#broken.made += 1;
    const outcome = this.#outcome(type, what, body);
    if (outcome?.kind === 'read') this.#tell(type, what, 'is read', body);
    else this.#broken.refused += 1;
  }

  #readBlind({ type, bodies }: Subject): void {
    const chance = this.#chance;
    const steps = Array.from({ length: oneOf([1, 1, 2, 3], chance) }, () => oneOf(blindMutations, chance));
    const body = steps.reduce((changed, { make }) => make(changed, chance), oneOf(bodies, chance));
    const what = steps.map(({ name }) => name).join(', ');
    this.#blind.made += 1;
    const outcome = this.#outcome(type, what, body);
    if (outcome === undefined) return;
    this.#blind[outcome.kind] += 1;
    if (outcome.kind !== 'read') return;
    const doubt = growthOf(outcome.read, body) ?? this.#options.judge(outcome.type, body, outcome.read);
    if (doubt !== undefined) this.#tell(type, what, doubt, body);
  }

  /** Recognises and reads, as the kernel does. Undefined where something else was thrown than a final error of ours. */
  #outcome(type: MessageType, what: string, body: Buffer): Outcome | undefined {
    const message = readable(body);
    const options = optionsOf(this.#pack, this.#options);
    try {
      const found = this.#pack.recognise(message, options);
      if (found === undefined) return { kind: 'foreign' };
      return { kind: 'read', type: this.#typeOf(found), read: this.#pack.read(found, message, options) };
    } catch (error) {
      const why = isWaybillError(error) ? faultOf(error) : `throws ${String(error)}`;
      if (why === undefined) return { kind: 'refused' };
      this.#tell(type, what, why, body);
      return undefined;
    }
  }

  #typeOf(found: MessageTypeRef): MessageType {
    return this.#pack.messages.find((each) => typeName(each) === typeName(found)) as MessageType;
  }

  #tell(type: MessageType, mutation: string, why: string, body: Buffer): void {
    if (this.#mistreated.length < mostTold) this.#mistreated.push({ type: typeName(type), mutation, why, body });
  }
}

function subjectOf(type: MessageType, samples: readonly string[]): Subject {
  const made = type.sample === undefined ? [] : Array.from({ length: pool }, (_, seed) => type.sample?.(seed + 1) ?? '');
  const all = [...samples, ...made];
  const fields = fieldsOf(type);
  const breaks = all.flatMap((each) => {
    const taken = takeApart(each, fields);
    return taken === undefined ? [] : [...breaksOfRoot(taken, fields), ...fields.flatMap((field) => breaksOf(field, taken))];
  });
  return { type, bodies: all.map((each) => Buffer.from(each)), breaks };
}

/** What is wrong with an error: an error of a message is final, says where it is, or what to do, and is as short as people need it. */
function faultOf({ code, message, retryable, at, hint }: WaybillError): string | undefined {
  if (!code.startsWith('WB_') || retryable) return `is refused with ${code}, which is retried`;
  if ((at ?? hint) === undefined) return `is refused with ${code}, at no place`;
  const length = message.length + (at ?? '').length + (hint ?? '').length;
  return length > most.told ? `is refused with ${code}, in ${length} characters` : undefined;
}

function growthOf(read: ReadMessage, { length }: Buffer): string | undefined {
  const said = JSON.stringify(read).length;
  return said > Math.max(most.atLeast, length * most.grows) ? `says ${said} characters, out of ${length}` : undefined;
}
