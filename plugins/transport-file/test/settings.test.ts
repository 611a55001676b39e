import { describe, expect, it } from 'vitest';
import { source, target } from '../src/settings.ts';

const accepts = (schema: object, text: string): boolean => new RegExp((schema as { pattern: string }).pattern).test(text);

describe('the settings', () => {
  it.each(['in', 'orders/in', '..in', 'a..b/c.d', 'in/'])('accept the folder %s', (name) => {
    expect(accepts(source.properties.folder, name)).toBe(true);
  });

  it.each(['/in', '..', '../in', 'in/..', 'in/../..', '\\in', 'in\\..\\x', 'C:in', ''])('refuse the folder "%s"', (name) => {
    expect(accepts(source.properties.folder, name)).toBe(false);
    expect(accepts(target.properties.folder, name)).toBe(false);
    expect(accepts(source.properties.rejected, name)).toBe(false);
  });

  it.each(['../*.xml', 'in/*.xml', 'in\\*.xml', ''])('refuse the pattern "%s"', (pattern) => {
    expect(accepts(source.properties.pattern, pattern)).toBe(false);
  });

  it.each(['{id}', '{type}-{id}.xml', 'order-{correlation}-{id}.txt'])('accept the name %s', (name) => {
    expect(accepts(target.properties.name, name)).toBe(true);
  });

  it.each(['order.xml', '.{id}', '../{id}', 'a/{id}', '{id}-{date}', '{id}}', '{'])('refuse the name "%s"', (name) => {
    expect(accepts(target.properties.name, name)).toBe(false);
  });
});
