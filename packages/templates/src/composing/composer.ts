import { type ComposeContext, type Draft, isWaybillError } from '@waybill/contract';
import type { Languages } from '../checking/languages.ts';
import type { NotificationContext, NotificationSpec, Person } from '../declaration.ts';
import { errors } from '../errors.ts';
import type { Catalogue } from '../folder/catalogue.ts';
import type { Part } from '../folder/file-name.ts';
import { keyOf, type Place } from '../folder/place.ts';
import type { AllStoreFacts, StoreFacts } from '../folder/store-facts.ts';
import type { Phrase, Texts } from '../folder/texts.ts';
import { type Engine, longest } from '../liquid/engine.ts';
import { problemsIn } from '../liquid/faults.ts';
import type { Rendering } from '../liquid/rendering.ts';
import { placeOf } from '../problem.ts';
import { formatsFor } from '../values/formats.ts';
import { attachmentsFrom } from './attachments.ts';
import { type Composed, draftOf } from './draft.ts';
import { Images } from './images.ts';
import { peopleFrom, textFrom } from './people.ts';
import { oneLine, tidied } from './tidying.ts';
import type { Writing } from './writing.ts';

export interface ComposerParts {
  readonly catalogue: Catalogue;
  readonly engines: Readonly<Record<Part, Engine>>;
  readonly languages: Languages;
  readonly stores: AllStoreFacts;
  readonly texts: Texts;
}

type Data = Readonly<Record<string, unknown>>;

/** Makes notifications of events. Everything was read and checked before; nothing is looked at but the arguments. */
export class Composer {
  readonly #parts: ComposerParts;
  readonly #texts = new Map<string, ReadonlyMap<string, Phrase>>();

  constructor(parts: ComposerParts) {
    this.#parts = parts;
  }

  compose(spec: NotificationSpec, templates: string, given: unknown, context: ComposeContext<Writing>): Draft {
    try {
      return this.#compose(spec, templates, dataFrom(given, spec), context);
    } catch (cause) {
      if (isWaybillError(cause)) throw cause;
      throw errors.WB_TEMPLATES_FAILED(`A function in the declaration of ${spec.name} failed: ${String(cause)}`, { cause });
    }
  }

  /** What somebody would see of a notification made of `data`, in one of the places that something is written for: its page, or its text where it has none. */
  preview(spec: NotificationSpec, templates: string, data: Data, which = 0): string {
    const places = this.#parts.languages.places();
    const place = places[which % places.length] as Place;
    const about: NotificationContext = { store: place.store, time: previewTime, messageId: 'preview' };
    const facts = this.#factsOf(place.store);
    const locale = place.languages[0] ?? this.#parts.languages.own;
    const composed = this.#composed(spec, templates, data, { about, place, locale, facts, isAlone: true });
    return composed.html ?? composed.text;
  }

  #compose(spec: NotificationSpec, templates: string, data: Data, context: ComposeContext<Writing>): Draft {
    const { time, messageId, store, options } = context;
    const about: NotificationContext = { store, time, messageId };
    const composed = this.#composed(spec, templates, data, { about, ...this.#chosen(spec, data, about), isAlone: options.as === 'html' });
    return draftOf(spec, composed, options.as);
  }

  #composed(spec: NotificationSpec, templates: string, data: Data, { about, place, locale, facts, isAlone }: Target): Composed {
    const images = new Images(this.#parts.catalogue, place, isAlone);
    const rendering = this.#renderingFor({ place, locale, facts, data, about, images });
    const render = (part: Part) => this.#render(templates, part, rendering);
    const subject = oneLine(render('subject') ?? '');
    if (subject === '')
      throw errors.WB_TEMPLATES_FAILED(`The subject of ${spec.name} is empty for this event.`, { at: `${templates}.subject.liquid` });
    const text = tidied(render('text') ?? '');
    // Rendered whatever is asked for: a notification goes out whole or not at all.
    const html = render('html');
    const attachments = attachmentsFrom(spec.attachments ?? [], data, about, { catalogue: this.#parts.catalogue, place });
    return { subject, text, html, images: images.shown, attachments, language: locale, ...this.#addressed(spec, data, about) };
  }

  #chosen(
    spec: NotificationSpec,
    data: Data,
    about: NotificationContext,
  ): { readonly place: Place; readonly locale: string; readonly facts: StoreFacts } {
    const facts = this.#factsOf(about.store);
    const wanted = textFrom(spec.language, data, about);
    return { ...this.#parts.languages.choose(spec.name, about.store, [wanted, facts.language]), facts };
  }

  #factsOf(store: string | undefined): StoreFacts {
    const { stores } = this.#parts;
    return stores.get(store) ?? (stores.get(undefined) as StoreFacts);
  }

  #renderingFor({ place, locale, facts, data, about, images }: RenderingParts): Rendering {
    const key = keyOf(place);
    const texts = this.#texts.get(key) ?? this.#parts.texts.for(place);
    this.#texts.set(key, texts);
    const { store = '', time, messageId } = about;
    return {
      place,
      data,
      texts,
      globals: { store: { ...facts.all, id: store }, message: { id: messageId, time }, language: locale },
      formats: formatsFor(locale, facts.timeZone),
      dayFormats: formatsFor(locale, 'UTC'),
      currency: facts.currency,
      image: (name) => images.source(name),
    };
  }

  /** Undefined where the notification has no such part. */
  #render(templates: string, part: Part, rendering: Rendering): string | undefined {
    const { catalogue, engines } = this.#parts;
    const file = catalogue.template(templates, part, rendering.place);
    const engine = engines[part];
    const parsed = file && engine.parse(file);
    if (!file || !parsed || !('templates' in parsed)) return undefined;
    const result = this.#rendered(engine, parsed, rendering);
    if (result.length > longest) {
      throw errors.WB_TEMPLATES_TOO_LARGE(`${file.path} makes ${result.length} characters, and may make ${longest}.`, { at: file.path });
    }
    return result.toWellFormed();
  }

  #rendered(engine: Engine, parsed: Exclude<ReturnType<Engine['parse']>, readonly unknown[]>, rendering: Rendering): string {
    try {
      return engine.render(parsed, rendering);
    } catch (cause) {
      const { file } = parsed;
      const { sources } = this.#parts.catalogue;
      const [problem] = problemsIn(cause, {
        file,
        engine,
        sourceOf: (path) => sources.get(path),
        fileWith: (source) => engine.fileWith(source),
      });
      const at = problem && placeOf(problem);
      throw errors.WB_TEMPLATES_FAILED(`${at}: ${problem?.what}`, { at, cause: reasonOf(cause) });
    }
  }

  #addressed(spec: NotificationSpec, data: Data, about: NotificationContext): Addressed {
    const people = (key: 'to' | 'cc' | 'bcc' | 'from' | 'replyTo') => peopleFrom(spec[key], data, about, `"${key}" of ${spec.name}`);
    const to = people('to');
    if (spec.to !== undefined && to.length === 0)
      throw errors.WB_TEMPLATES_NO_RECIPIENT(`The event names nobody to whom ${spec.name} could go.`);
    const [from] = people('from');
    return {
      from,
      to,
      cc: people('cc'),
      bcc: people('bcc'),
      replyTo: people('replyTo'),
      thread: textFrom(spec.thread, data, about)?.slice(0, 200),
    };
  }
}

/** An error of liquidjs holds whole templates, which are not for logs; what it was made of says why. */
function reasonOf(cause: unknown): unknown {
  const reason = cause instanceof Error && 'originalError' in cause ? cause.originalError : cause;
  return reason === cause ? cause : reasonOf(reason);
}

/** The time of previews, so that they are the same each time. */
const previewTime = '2026-01-15T12:00:00.000Z';

/** For whom a notification is made, and whether its page has to stand alone. */
interface Target {
  readonly about: NotificationContext;
  readonly place: Place;
  readonly locale: string;
  readonly facts: StoreFacts;
  readonly isAlone: boolean;
}

interface RenderingParts {
  readonly place: Place;
  readonly locale: string;
  readonly facts: StoreFacts;
  readonly data: Data;
  readonly about: NotificationContext;
  readonly images: Images;
}

export interface Addressed {
  readonly from: Person | undefined;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  readonly replyTo: readonly Person[];
  readonly thread: string | undefined;
}

function dataFrom(given: unknown, { name, event }: NotificationSpec): Data {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Data;
  throw errors.WB_TEMPLATES_BAD_DATA(`${name} is made of the data of ${event.name}, which is an object.`);
}
