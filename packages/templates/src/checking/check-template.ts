import { didYouMean, listKnown } from '../did-you-mean.ts';
import type { Catalogue } from '../folder/catalogue.ts';
import type { Place } from '../folder/place.ts';
import type { Engine, Parsed, Template } from '../liquid/engine.ts';
import { type Access, type Found, findIn, type Literal, plainPath } from '../liquid/expressions.ts';
import { shiftedBy } from '../liquid/standalone-lines.ts';
import { childrenOf, expressionsOf, type Named, stepOf } from '../liquid/steps.ts';
import { type Problem, positionOf } from '../problem.ts';
import { Names } from './names.ts';
import { anything, follow, type Shape } from './shape.ts';

export interface Checking {
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly place: Place;
  /** What every template and partial knows: `store`, `message`, `language`. */
  readonly globals: readonly (readonly [string, Shape])[];
  readonly texts: ReadonlySet<string>;
  readonly problems: Problem[];
}

/** What checking a template has shown about it, its layout and its partials. */
export interface Checked {
  /** The paths of all files that it is made of. */
  readonly files: ReadonlySet<string>;
  /** Whether anything in it is looked up by language. */
  readonly isTranslated: boolean;
  /** Whether it would be made of the same files in another place. */
  isSameIn(place: Place): boolean;
}

/** Checks the names, images, partials and texts that a template asks for against what there is, for one place. */
export function checkTemplate(parsed: Parsed, data: Shape, checking: Checking): Checked {
  const walk = new Walk(checking);
  const fields = Object.entries(data.properties ?? {});
  walk.file(parsed, Names.floor([], [...checking.globals, ...fields]));
  return walk;
}

const forloop: Shape = {
  properties: Object.fromEntries(['index', 'index0', 'rindex', 'rindex0', 'first', 'last', 'length'].map((name) => [name, anything])),
};

class Walk implements Checked {
  readonly files = new Set<string>();
  isTranslated = false;
  /** What was looked up, and the path that was found. */
  readonly #found: { readonly path: string; readonly in: (place: Place) => string | undefined }[] = [];
  readonly #checking: Checking;
  /** The files around the one in hand, so that one that renders itself is noticed. */
  readonly #open: string[] = [];

  constructor(checking: Checking) {
    this.#checking = checking;
  }

  isSameIn(place: Place): boolean {
    return this.#found.every((found) => found.in(place) === found.path);
  }

  file({ file, templates }: Parsed, names: Names): void {
    this.files.add(file.path);
    this.#open.push(file.path);
    this.#all(templates, names, file.path);
    this.#open.pop();
  }

  #all(templates: readonly Template[], names: Names, path: string): void {
    for (const template of templates) this.#one(template, names, path);
  }

  #one(template: Template, names: Names, path: string): void {
    this.#expressions(template, names, path);
    const step = stepOf(template);
    switch (step.does) {
      case 'names':
        this.#all(childrenOf(template), names, path);
        return names.assign(step.name, this.#shapeOf(step.value, names));
      case 'repeats':
        return this.#all(
          childrenOf(template),
          names.inside([
            [step.name, this.#itemOf(step.list, names)],
            ['forloop', forloop],
          ]),
          path,
        );
      case 'renders':
        return this.#shared('partial', step.file, template, path, Names.floor(this.#given(step.names, names), this.#checking.globals));
      case 'stands-in':
        this.#shared('layout', step.file, template, path, names.inside(this.#given(step.names, names)));
        return this.#all(childrenOf(template), names, path);
      case 'shows':
        return this.#image(step.image, template, path);
      case 'nothing-with-names':
        return this.#all(childrenOf(template), names.inside([['block', anything]]), path);
    }
  }

  #expressions(template: Template, names: Names, path: string): void {
    const found: Found = { accesses: [], literals: [], filters: new Set() };
    for (const expression of expressionsOf(template)) findIn(expression, found);
    if (found.filters.has('t') || found.filters.has('t_html')) this.isTranslated = true;
    for (const access of found.accesses) this.#access(access, names, path);
    for (const literal of found.literals) this.#literal(literal, path);
  }

  #access({ path: steps, source, at }: Access, names: Names, path: string): void {
    const [name, ...rest] = steps;
    if (typeof name !== 'string') return;
    const shape = names.get(name);
    const shown = steps.map((step) => step ?? '…').join('.');
    const result =
      shape === undefined ? `is not known. ${didYouMean(name, names.all) || listKnown(names.all)}`.trimEnd() : follow(shape, rest);
    if (typeof result === 'string') this.#problem(path, source, at, `"${shown}" ${result}`);
  }

  #literal({ text, filter, source, at }: Literal, path: string): void {
    if (filter !== 't' && filter !== 't_html') return;
    const { texts } = this.#checking;
    if (!texts.has(text))
      this.#problem(path, source, at, `There is no text "${text}". ${didYouMean(text, texts) || listKnown([...texts])}`.trimEnd());
  }

  #shared(kind: 'partial' | 'layout', name: string | undefined, template: Template, path: string, names: Names): void {
    const { catalogue, engine, place } = this.#checking;
    const { input, begin } = template.token;
    if (name === undefined) return this.#problem(path, input, begin, `The name of a ${kind} has to stand there as it is, in quotes.`);
    const file = catalogue.shared(kind, name, engine.part, place);
    if (!file) return this.#problem(path, input, begin, `There is no ${kind} ${kind}s/${name}.${engine.part}.liquid.`);
    this.#found.push({ path: file.path, in: (other) => catalogue.shared(kind, name, engine.part, other)?.path });
    if (this.#open.includes(file.path)) return this.#problem(path, input, begin, `The ${kind} "${name}" would stand inside of itself.`);
    const parsed = engine.parse(file);
    // What cannot be parsed is told once, with the file.
    if ('templates' in parsed) this.file(parsed, names);
  }

  #image(name: string, template: Template, path: string): void {
    const { catalogue, place } = this.#checking;
    if (catalogue.asset(name, place)) return;
    const { input, begin } = template.token;
    this.#problem(path, input, begin, `There is no image "${name}". ${didYouMean(name, catalogue.assetNames)}`.trimEnd());
  }

  #given(given: readonly Named[], names: Names): readonly (readonly [string, Shape])[] {
    return given.map(({ name, value, each }) => [name, each ? this.#itemOf(value, names) : this.#shapeOf(value, names)] as const);
  }

  #itemOf(list: unknown, names: Names): Shape {
    const shape = this.#shapeOf(list, names);
    return shape.items ?? anything;
  }

  /** Of what a filter has made, nothing is known. */
  #shapeOf(value: unknown, names: Names): Shape {
    const [name, ...rest] = plainPath(value) ?? [];
    const shape = typeof name === 'string' ? names.get(name) : undefined;
    const result = shape && follow(shape, rest);
    return typeof result === 'object' ? result : anything;
  }

  #problem(file: string, source: string, at: number, what: string): void {
    const { catalogue, engine, problems } = this.#checking;
    const { line, column } = positionOf(source, at);
    const shift = engine.part === 'text' ? shiftedBy(catalogue.sources.get(file) ?? '', line) : 0;
    problems.push({ file, line, column: column + shift, what });
  }
}
