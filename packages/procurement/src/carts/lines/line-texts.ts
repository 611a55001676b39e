import type { Buyer } from '../../partners/buyer.ts';
import type { Limits } from '../../profiles/platform.ts';
import type { CartItem } from '../cart.ts';
import type { FieldNames } from './field-names.ts';
import type { LineNotes } from './notes.ts';
import { cutTo, holdsOthers, lengthOf, withPlainMarks, xmlText } from './texts.ts';

interface Context {
  readonly buyer: Buyer;
  readonly names: FieldNames;
  readonly notes: LineNotes;
}

type IdField = 'partId' | 'auxiliaryId' | 'buyerPartId';
type TextField = Exclude<keyof Limits, IdField>;

/** The texts of one line: cleaned, measured, cut. Ids are never changed: the buyer sends them back. */
export class LineTexts {
  readonly #buyer: Buyer;
  readonly #names: FieldNames;
  readonly #notes: LineNotes;
  readonly #replaced = new Set<string>();

  constructor({ buyer, names, notes }: Context) {
    this.#buyer = buyer;
    this.#names = names;
    this.#notes = notes;
  }

  /** Notes what is wrong with an id, and gives it back as it is. */
  id(field: IdField, id: string | undefined): string | undefined {
    const name = this.#names[field];
    if (id === undefined || id === '') {
      if (field !== 'buyerPartId' && this.#isRequired(field)) this.#notes.refuse(name, 'is missing');
      return undefined;
    }
    const forbidden = Array.from(this.#buyer.forbiddenInIds).filter((each) => id.includes(each));
    if (forbidden.length > 0) this.#notes.refuse(name, `holds ${forbidden.join(' ')}, which this buyer takes in no id`);
    if (holdsOthers(id)) this.#notes.refuse(name, 'holds a character that XML does not have');
    const most = this.#buyer.limits[field];
    const length = lengthOf(id, this.#buyer.countsBytes);
    if (most !== undefined && length > most) this.#notes.refuse(name, `has ${length} ${this.#measure()}; at most ${most} are taken`);
    return id;
  }

  /** The text without what XML cannot hold, at most as long as the buyer takes it. */
  cut(field: TextField, text: string | undefined): string | undefined {
    if (text === undefined || text === '') return undefined;
    const whole = this.clean(this.#names[field], text);
    const most = this.#buyer.limits[field];
    if (most === undefined) return whole;
    const short = cutTo(whole, most, this.#buyer.countsBytes);
    if (short !== whole)
      this.#notes.warn(
        this.#names[field],
        `had ${lengthOf(whole, this.#buyer.countsBytes)} ${this.#measure()} and was cut; ${most} are taken`,
      );
    return short;
  }

  /** The text without what XML cannot hold. */
  clean(field: string, text: string): string {
    if (holdsOthers(text)) this.#replaced.add(field);
    const whole = xmlText(text);
    return this.#buyer.plainMarks ? withPlainMarks(whole) : whole;
  }

  /** Short name and description: one of them does for both. */
  namesOf(item: CartItem): { readonly shortName: string | undefined; readonly description: string; readonly longText: string } {
    const told = item.description?.trim() ? item.description : item.shortName;
    if (!told?.trim()) this.#notes.refuse(this.#names.description, 'is missing');
    const description = this.cut('description', told) ?? '';
    const shortName = this.#buyer.shortName && item.shortName !== told ? this.cut('shortName', item.shortName) : undefined;
    return { shortName, description, longText: this.clean(this.#names.description, told ?? '') };
  }

  /** One warning for a line, however many of its characters were replaced. */
  tellReplaced(): void {
    if (this.#replaced.size === 0) return;
    this.#notes.warn([...this.#replaced].join(', '), 'held characters that XML does not have; U+FFFD stands in their place');
  }

  #isRequired(field: 'partId' | 'auxiliaryId'): boolean {
    return this.#buyer.required.includes(field) || (field === 'partId' && this.#buyer.protocol === 'cxml');
  }

  #measure(): string {
    return this.#buyer.countsBytes ? 'bytes' : 'characters';
  }
}
