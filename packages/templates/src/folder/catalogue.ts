import type { Part } from './file-name.ts';
import type { Place } from './place.ts';
import type { FolderFile } from './read-folder.ts';

/** A file with text in it, as it was read. */
export interface SourceFile {
  readonly path: string;
  readonly source: string;
}

export interface AssetFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** What the templates of a folder are looked up in: by name and part, for a store and a language. */
export class Catalogue {
  /** Stores that have a folder of their own. */
  readonly stores: readonly string[];
  /** Languages that something is written in, beside that of the pack. */
  readonly languages: readonly string[];
  readonly templates: ReadonlyMap<string, SourceFile>;
  /** The text of each file with templates, by its path. */
  readonly sources: ReadonlyMap<string, string>;
  readonly #assets: ReadonlyMap<string, AssetFile>;

  constructor(files: readonly FolderFile[], decode: (file: FolderFile) => string) {
    this.stores = [...new Set(files.flatMap(({ store }) => store ?? []))];
    this.languages = [...new Set(files.flatMap((file) => ('language' in file ? (file.language ?? []) : [])))];
    const templates = files.filter(isLiquid);
    this.templates = new Map(templates.map((file) => [keyFor(file), { path: file.path, source: decode(file) }]));
    this.sources = new Map([...this.templates.values()].map(({ path, source }) => [path, source]));
    const assets = files.filter((file) => file.kind === 'asset');
    this.#assets = new Map(assets.map(({ path, bytes }) => [path, { path, bytes }]));
  }

  /** The part of a notification for a place: of the store in the language, of the store, in the language, else the one that all have. */
  template(name: string, part: Part, place: Place): SourceFile | undefined {
    return this.#find({ kind: 'template', name, part }, place);
  }

  /** As `template`, for what templates share. */
  shared(kind: 'partial' | 'layout', name: string, part: 'text' | 'html', place: Place): SourceFile | undefined {
    return this.#find({ kind, name, part }, place);
  }

  /** An image or a file to attach: `terms.pdf` in German is `terms.de.pdf`. */
  asset(name: string, place: Place): AssetFile | undefined {
    const [, stem = name, extension = ''] = /^(.*?)(\.[^./]*)?$/s.exec(name) ?? [];
    for (const folder of foldersOf(place)) {
      for (const language of [...place.languages.map((one) => `.${one}`), '']) {
        const found = this.#assets.get(`${folder}${stem}${language}${extension}`);
        if (found) return found;
      }
    }
    return undefined;
  }

  get assetNames(): readonly string[] {
    return [...this.#assets.keys()];
  }

  #find(wanted: Omit<Wanted, 'store' | 'language'>, { store, languages }: Place): SourceFile | undefined {
    for (const of of store === undefined ? [undefined] : [store, undefined]) {
      for (const language of [...languages, undefined]) {
        const found = this.templates.get(keyFor({ ...wanted, store: of, language }));
        if (found) return found;
      }
    }
    return undefined;
  }
}

type LiquidFile = Extract<FolderFile, { readonly kind: 'template' | 'partial' | 'layout' }>;

function isLiquid(file: FolderFile): file is LiquidFile {
  return file.kind === 'template' || file.kind === 'partial' || file.kind === 'layout';
}

interface Wanted {
  readonly kind: 'template' | 'partial' | 'layout';
  readonly name: string;
  readonly part: Part;
  readonly store: string | undefined;
  readonly language: string | undefined;
}

function keyFor({ kind, name, part, store = '', language = '' }: Wanted): string {
  return [kind, name, part, language, store].join('/');
}

function foldersOf({ store }: Place): readonly string[] {
  return store === undefined ? [''] : [`stores/${store}/`, ''];
}
