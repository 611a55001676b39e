import { addressOf } from './address.ts';
import { textOf } from './bytes.ts';
import type { DtdInput } from './input.ts';
import { withReferences } from './references.ts';
import { SourceText } from './source.ts';

/** Gives a file by its path below the folder of the DTD; undefined where there is none. `at` is the place of its declaration, for errors. */
export type LoadDtdFile = (path: string, at: string) => Uint8Array | string | undefined;

/** Where a module is: its system identifier, and the place of the declaration. */
export interface ModuleAddress {
  readonly systemId: string;
  readonly file: string;
  readonly at: string;
}

/** The parameter entities of a DTD: texts and modules that declarations are made of. */
export class ParameterEntities {
  readonly #input: DtdInput;
  readonly #load: LoadDtdFile | undefined;
  readonly #declared = new Map<string, string | ModuleAddress>();
  readonly #files = new Map<string, SourceText>();

  constructor(input: DtdInput, load: LoadDtdFile | undefined) {
    this.#input = input;
    this.#load = load;
  }

  /** False when there is one of the name already: the first declaration counts. */
  declare(name: string, stands: string | ModuleAddress): boolean {
    if (this.#declared.has(name)) return false;
    this.#declared.set(name, stands);
    return true;
  }

  /** Goes on reading in the text of an entity. */
  open(name: string): void {
    const stands = this.#named(name);
    if (typeof stands === 'string') this.#input.enter(SourceText.ofEntity(name, stands), name, false);
    else this.#input.enter(this.#fileOf(stands), name, true);
  }

  /** The value of an entity as it is declared: references to characters and to parameter entities are replaced, those to general entities stay. */
  valueOf(literal: string, at: string, inside: readonly string[] = []): string {
    this.#input.checkDepth(inside.length, 'Entities');
    return withReferences(literal, ({ character, entity, parameter }, written) => {
      if (entity !== undefined) return written;
      if (parameter === undefined)
        return (
          character ?? this.#input.fail(`${written} refers to nothing; the sign itself is written as a reference to a character.`, { at })
        );
      if (inside.includes(parameter)) this.#input.fail(`The entity %${parameter}; refers to itself.`, { at });
      const stands = this.#named(parameter, at);
      const { text, start } = typeof stands === 'string' ? { text: stands, start: 0 } : this.#fileOf(stands);
      this.#input.spend(text.length);
      return this.valueOf(text.slice(start), at, [...inside, parameter]);
    });
  }

  #named(name: string, at?: string): string | ModuleAddress {
    const stands = this.#declared.get(name);
    return stands ?? this.#input.fail(`The parameter entity %${name}; is not declared in front of its use.`, { at });
  }

  #fileOf({ systemId, file, at }: ModuleAddress): SourceText {
    const path = addressOf(systemId, file, at);
    const known = this.#files.get(path);
    if (known) return known;
    const body = this.#load?.(path, at);
    if (body === undefined)
      return this.#input.fail(`There is no file ${path} below the folder of the DTD.`, { code: 'WB_XML_DTD_NO_FILE', at });
    const source = SourceText.ofFile(path, textOf(body, path));
    this.#files.set(path, source);
    return source;
  }
}
