import type { Liquid } from 'liquidjs';

type TagOptions = Exclude<Parameters<Liquid['registerTag']>[1], new (...args: never[]) => unknown>;

/** `{% image 'logo.png' %}`: what stands in the `src` of an image that comes with the mail. The name is written out, so that it can be looked for at once. */
export function imageTag(image: (name: string) => string): TagOptions {
  return {
    parse(token) {
      const [, , name] = /^\s*(['"])([^'"]+)\1\s*$/.exec(token.args) ?? [];
      if (name === undefined) throw new Error("the name of an image stands in quotes: {% image 'logo.png' %}");
      this['image'] = name;
    },
    render(_context, emitter) {
      emitter.write(image(this['image'] as string));
    },
  };
}

/** The image that a tag names; undefined for other tags. */
export function imageOf(template: object): string | undefined {
  return 'image' in template && typeof template.image === 'string' ? template.image : undefined;
}
