import { type FilterImplOptions, Liquid, type Template } from 'liquidjs';
import type { Catalogue, SourceFile } from '../folder/catalogue.ts';
import type { Place } from '../folder/place.ts';
import type { Problem } from '../problem.ts';
import { capturingText } from './capture-tag.ts';
import { escapeHtml } from './escape-html.ts';
import { problemsIn } from './faults.ts';
import { keptFilters, ownFilters } from './filters.ts';
import { imageTag } from './image-tag.ts';
import { noFiles } from './no-files.ts';
import { printed } from './printed.ts';
import type { Rendering } from './rendering.ts';
import { joinStandaloneLines } from './standalone-lines.ts';

export type { Template } from 'liquidjs';

/** How many items and characters ranges, lists and filters may make in one rendering. It ends loops before the clock does. */
const memoryLimit = 2_000_000;
/** The last resort, in milliseconds: long enough for a busy machine, since what it ends is parked. */
const renderLimit = 10_000;
/** How many characters a rendered part may have. */
export const longest = 2_000_000;

/** Tags that are known. Those that count in a scope of their own, or read variables of their callers, are not. */
const tags = 'assign capture case comment cycle echo for if unless break continue liquid raw # render layout block'.split(' ');

/** A file that was parsed. */
export interface Parsed {
  readonly file: SourceFile;
  readonly templates: readonly Template[];
}

/** The one place that knows liquidjs: templates of texts, or of HTML. Partials come from the catalogue, and nothing from the disk. */
export class Engine {
  readonly part: 'text' | 'html';
  readonly #catalogue: Catalogue;
  readonly #liquid: Liquid;
  readonly #parsed = new Map<string, Parsed | readonly Problem[]>();
  readonly #pathOf = new Map<string, string>();
  #place: Place = { store: undefined, languages: [] };
  #rendering: Rendering | undefined;
  /** How many characters the values had that the template in hand has printed. */
  #written = 0;
  /** How many captures the template in hand is inside of. */
  #captures = 0;

  constructor(part: 'text' | 'html', catalogue: Catalogue) {
    this.part = part;
    this.#catalogue = catalogue;
    this.#liquid = new Liquid({
      // Nothing of liquidjs looks at it; left out, it would ask the system, which takes a start 30 ms.
      locale: 'en',
      strictVariables: true,
      strictFilters: true,
      lenientIf: true,
      ownPropertyOnly: true,
      relativeReference: false,
      outputEscape: (value: unknown) => this.#counted(this.#escapes() ? escapeHtml(printed(value)) : printed(value)),
      renderLimit,
      memoryLimit,
      // Whatever is asked for is found here, parsed already; the file system below is never reached.
      cache: { read: (key: string) => [...this.#shared(key)], write: () => undefined, remove: () => undefined },
      fs: noFiles,
    });
    this.#keepWhatIsKnown();
  }

  get filterNames(): readonly string[] {
    return Object.keys(this.#liquid.filters);
  }

  get tagNames(): readonly string[] {
    return Object.keys(this.#liquid.tags);
  }

  /** Parses a file once. Answers with what is wrong where it cannot be parsed. */
  parse(file: SourceFile): Parsed | readonly Problem[] {
    const known = this.#parsed.get(file.path) ?? this.#parse(file);
    this.#parsed.set(file.path, known);
    return known;
  }

  /** Which of the files that were parsed has this text, as it was given to liquidjs. */
  fileWith(source: string): string | undefined {
    return this.#pathOf.get(source);
  }

  /** Lets `step` walk over templates with the partials of a place. */
  at<Result>(place: Place, step: () => Result): Result {
    const before = this.#place;
    this.#place = place;
    try {
      return step();
    } finally {
      this.#place = before;
    }
  }

  /** Throws what liquidjs throws; `problemsIn` makes problems of it. */
  render({ templates }: Parsed, rendering: Rendering): string {
    this.#rendering = rendering;
    this.#written = 0;
    this.#captures = 0;
    try {
      const { data, globals } = rendering;
      return this.at(rendering.place, () => this.#liquid.renderSync([...templates], data, { globals }) as string);
    } finally {
      this.#rendering = undefined;
    }
  }

  #parse(file: SourceFile): Parsed | readonly Problem[] {
    const source = this.part === 'text' ? joinStandaloneLines(file.source) : file.source;
    this.#pathOf.set(source, file.path);
    // Every fault of a file is told, while rendering ends with the first one.
    this.#liquid.options.catchAllErrors = true;
    try {
      return { file, templates: this.#liquid.parse(source, file.path) };
    } catch (error) {
      return problemsIn(error, { file, engine: this });
    } finally {
      this.#liquid.options.catchAllErrors = false;
    }
  }

  /** What a template asks for by the key that liquidjs has for it: `partials:footer`. */
  #shared(key: string): readonly Template[] {
    const [kind, name = ''] = key.split(/:(.*)/s);
    const file = this.#catalogue.shared(kind === 'layouts' ? 'layout' : 'partial', name, this.part, this.#place);
    if (!file) throw new Error(`there is no ${kind === 'layouts' ? 'layout' : 'partial'} "${name}"`);
    const parsed = this.parse(file);
    if ('templates' in parsed) return parsed.templates;
    throw new Error(parsed[0]?.what);
  }

  #keepWhatIsKnown(): void {
    const liquid = this.#liquid;
    for (const name of this.filterNames.filter((each) => !keptFilters.includes(each))) liquid.unregisterFilter(name);
    for (const [name, own] of ownFilters(this.part)) {
      const handler = (value: unknown, ...args: unknown[]) => own.apply(this.#now(), value, args);
      const filter: FilterImplOptions = own.html ? { raw: true, handler } : handler;
      liquid.registerFilter(name, filter);
    }
    for (const name of this.tagNames.filter((each) => !tags.includes(each))) delete liquid.tags[name];
    if (this.part === 'text') return;
    liquid.registerTag(
      'capture',
      capturingText((step) => (this.#captures += step === 'begins' ? 1 : -1)),
    );
    liquid.registerTag(
      'image',
      imageTag((name) => this.#now().image(name)),
    );
  }

  /** What is captured in a page is escaped where it is printed. */
  #escapes(): boolean {
    return this.part === 'html' && this.#captures === 0;
  }

  #counted(text: string): string {
    this.#written += text.length;
    if (this.#written > longest) throw new Error(`it makes more than ${longest} characters`);
    return text;
  }

  #now(): Rendering {
    if (!this.#rendering) throw new Error('nothing is being rendered');
    return this.#rendering;
  }
}
