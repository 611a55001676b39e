import { type EncodingLabel, encode } from '@waybill/text';
import { type CodePage, codePage } from './content/code-page.ts';
import { type Content, contentOf, markLength, type Unit } from './content/content.ts';
import { type Allowed, allowedIn, Output } from './content/output.ts';
import type { Physical } from './fields/physical.ts';
import { blockFrames, type Frame, type Framing, lengthFrames, lineFrames } from './framing/framing.ts';
import { frameWriter } from './framing/writing-frames.ts';
import { fault } from './layout/check.ts';
import type { Layout } from './layout/layout.ts';
import { mostOf, type RecordPlan } from './walking/nodes.ts';
import { type FieldPlace, placesIn } from './walking/places.ts';
import { planRecord } from './walking/planning.ts';
import { Reading } from './walking/reading.ts';
import type { FieldSource, FieldTarget, RecordItem } from './walking/record-item.ts';
import { type RecordValues, ValuesMaker, ValuesSource, ValuesTarget } from './walking/values.ts';
import { Writing } from './walking/writing.ts';

/** How records stand in bytes, whatever is in them. */
export interface PhysicalOptions {
  /** As `@waybill/text` names encodings; any but UTF-16. Default utf-8. */
  readonly encoding?: EncodingLabel;
  /** What widths and offsets count. In encodings of one byte a character there is no difference. Default characters (code points). */
  readonly units?: Unit;
  /**
   * Which characters carry the sign of a zoned number in ASCII: those that EBCDIC became in a transfer ({ A to I plus, } J to R minus), or
   * those of compilers for ASCII (p to y minus). Needed where a layout has such numbers. In EBCDIC the byte itself tells.
   */
  readonly signs?: 'translated' | 'native';
  /** The byte order of the machine, for `COMP-5`. Default big. */
  readonly nativeOrder?: 'big' | 'little';
  /** Whether low-values (NUL) at the end of a field are padding. Inside a text they are refused in any case. Default refuse. */
  readonly lowValues?: 'refuse' | 'pad';
}

export interface RecordFormatOptions extends PhysicalOptions {
  /** Default none. */
  readonly framing?: Framing;
  /** What a record means that ends too early: a fault, or that a transport has cut the blanks at its end. Default refuse. */
  readonly short?: 'refuse' | 'blank';
}

export interface WriteOptions {
  /** Called with the path of each text that was cut because its field says `truncate`. */
  readonly truncated?: (path: string) => void;
}

/** Records of one layout in one form of bytes. Everything is prepared at the first use, and a fault of the layout is thrown then. */
export class RecordFormat {
  readonly layout: Layout;
  readonly #options: RecordFormatOptions;
  readonly #maker = new ValuesMaker();
  #ready: Ready | undefined;

  constructor(layout: Layout, options: RecordFormatOptions = {}) {
    this.layout = layout;
    this.#options = options;
  }

  /** The record and everything in it, by id: the first is the record itself. Throws WB_RECORD_LAYOUT. */
  get items(): readonly RecordItem[] {
    return this.#prepared().plan.items;
  }

  /** Where everything stands, in units from 0, and how long a record is at most. */
  get places(): { readonly size: number; readonly fields: readonly FieldPlace[] } {
    const { root } = this.#prepared().plan;
    return { size: mostOf(root), fields: placesIn(root) };
  }

  /** Hands everything that is in the input to `target`, and answers how many records there were. Throws errors of records, with path and offset. */
  read(bytes: Uint8Array, target: FieldTarget): number {
    const { plan, page, unit, cutBlanks, framing } = this.#prepared();
    const before = markLength(bytes, page, unit);
    const content = contentOf(before === 0 ? bytes : bytes.subarray(before), page, unit);
    const several = framing.kind !== 'none';
    const options = { unit: named(this.#options.units), cutBlanks, several, before, slots: plan.slots };
    const reading = new Reading(content, target, options);
    let count = 0;
    for (const { from, to } of this.#frames(content, before, reading)) {
      reading.record(plan.root, count, from, to);
      count += 1;
      if (several && reading.at < to) throw surplus(plan.root.item, reading, to);
    }
    return count;
  }

  /** All records of the input. */
  decode(bytes: Uint8Array): readonly RecordValues[] {
    const target = new ValuesTarget(this.#maker);
    this.read(bytes, target);
    return target.records;
  }

  /** Writes `count` records, which `source` gives one after the other. Throws errors of records, with paths; nothing is written then. */
  write(source: FieldSource, count = 1, { truncated }: WriteOptions = {}): Uint8Array {
    const { plan, page, unit, framing, lineEnds, allowed } = this.#prepared();
    const out = new Output(page, unit, allowed);
    const writing = new Writing(out, source, { truncated, several: count > 1, slots: plan.slots });
    const frames = frameWriter(framing, encode(lineEnds[0] ?? '', page.name), out);
    for (let index = 0; index < count; index += 1) {
      frames.begin();
      writing.record(plan.root, index);
      if (!frames.end()) throw writing.fault('WB_RECORD_DOES_NOT_FIT', plan.root.item, 'The record is longer than its framing allows.');
    }
    return out.done();
  }

  /** The bytes of one record, or of several. */
  encode(values: RecordValues | readonly RecordValues[], options?: WriteOptions): Uint8Array {
    const records = Array.isArray(values) ? (values as readonly RecordValues[]) : [values as RecordValues];
    return this.write(new ValuesSource(records), records.length, options);
  }

  *#frames(content: Content, before: number, reading: Reading): Generator<Frame> {
    const { framing, ends } = this.#prepared();
    const { length } = content.units;
    if (framing.kind === 'lines') return yield* lineFrames({ units: content.units, length }, ends);
    if (framing.kind === 'rdw') return yield* lengthFrames(content, 0, length, before);
    if (framing.kind === 'bdw') return yield* blockFrames(content, before);
    // Where the record has ended, the next one begins.
    for (let from = 0; from < length; from = reading.at) yield { from, to: length };
  }

  #prepared(): Ready {
    this.#ready ??= prepared(this.layout, this.#options);
    return this.#ready;
  }
}

interface Ready {
  readonly plan: RecordPlan;
  readonly page: CodePage;
  readonly unit: Unit;
  readonly cutBlanks: boolean;
  readonly framing: Framing;
  /** Empty where records are no lines. */
  readonly lineEnds: readonly string[];
  readonly ends: RegExp;
  /** What fields may hold: no character of a line end, which could end the record together with its neighbour, or alone. */
  readonly allowed: Allowed;
}

function prepared(layout: Layout, options: RecordFormatOptions): Ready {
  const physical = physicalOf(options);
  const { page, unit } = physical;
  const { framing = { kind: 'none' }, short = 'refuse' } = options;
  const plan = planRecord(layout, physical);
  const lineEnds = framing.kind === 'lines' ? (framing.ends ?? usualEnds(page)) : [];
  checkFraming(framing, lineEnds, { layout, page, unit, plan });
  return {
    plan,
    page,
    unit,
    cutBlanks: short === 'blank',
    framing,
    lineEnds,
    ends: pattern(lineEnds, page, unit),
    allowed: allowedIn(page, lineEnds.join('')),
  };
}

/** The form of bytes that options say, with what they leave out. */
export function physicalOf({ encoding = 'utf-8', units = 'characters', signs, nativeOrder = 'big', lowValues }: PhysicalOptions): Physical {
  return { page: codePage(encoding), unit: units, signs, nativeOrder, lowValuesPad: lowValues === 'pad' };
}

export function named(units: Unit = 'characters'): 'byte' | 'character' {
  return units === 'bytes' ? 'byte' : 'character';
}

function usualEnds({ ebcdic }: CodePage): readonly string[] {
  return ebcdic ? ['\u0085', '\n', '\r\u0085', '\r\n'] : ['\n', '\r\n'];
}

function checkFraming(
  framing: Framing,
  lineEnds: readonly string[],
  { layout, page, unit, plan }: { readonly layout: Layout; readonly page: CodePage; readonly unit: Unit; readonly plan: RecordPlan },
): void {
  if ((framing.kind === 'rdw' || framing.kind === 'bdw') && page.wide && unit === 'characters') {
    throw fault(layout.name, 'has lengths in front of its records, which count bytes; set `units: "bytes"`');
  }
  if (framing.kind === 'bdw' && !((framing.blockSize ?? 9) > 8 && (framing.blockSize ?? 9) <= 32_760)) {
    throw fault(layout.name, 'has blocks whose size is not 9 to 32,760 bytes');
  }
  if (framing.kind !== 'lines') return;
  if (lineEnds.length === 0 || lineEnds.includes('')) throw fault(layout.name, 'has lines without an end');
  const binary = plan.items.find(({ declared }) => ['packed', 'binary'].includes((declared as { type?: string } | undefined)?.type ?? ''));
  if (binary !== undefined) {
    throw fault(
      layout.name,
      `has lines, and ${binary.name} is a number whose bytes could look like the end of one`,
      'Use another framing.',
    );
  }
}

/** Finds line ends, the longest first. Where bytes are the units, it looks for theirs. */
function pattern(lineEnds: readonly string[], page: CodePage, unit: Unit): RegExp {
  const isRaw = page.wide && unit === 'bytes';
  const texts = isRaw ? lineEnds.map((end) => Buffer.from(encode(end, page.name)).toString('latin1')) : lineEnds;
  const longestFirst = texts.toSorted((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map(escaped).join('|'), 'g');
}

/** A text in a pattern, as the numbers of its characters. */
function escaped(text: string): string {
  return Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}

function surplus(item: RecordItem, reading: Reading, to: number): Error {
  return reading.fault('WB_RECORD_TOO_LONG', item, `The record goes on for ${to - reading.at} behind its last field.`, reading.at);
}
