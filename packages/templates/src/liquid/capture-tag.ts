import { CaptureTag, type Context } from 'liquidjs';

/**
 * `{% capture name %}` in a page: what is captured is text, not HTML. It is escaped where it is printed, and so not where it is captured: escaped twice,
 * an apostrophe would be seen as `&#39;`; escaped once and printed as it is, every captured text would have to be trusted.
 */
export function capturingText(during: (step: 'begins' | 'ends') => void): typeof CaptureTag {
  return class extends CaptureTag {
    override *render(context: Context): Generator<unknown, void, string> {
      during('begins');
      try {
        yield* super.render(context);
      } finally {
        during('ends');
      }
    }
  };
}
