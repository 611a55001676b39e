import type { BusinessKeys } from '@waybill/contract';
import type { CheckedRoute } from '@waybill/manifest';

/**
 * The routes that take an event with these business keys. A key may have several values, so that two routes for different ones may both take it: the
 * first one then brings a message to a destination, and no further one does.
 */
export function routesWhen(routes: readonly CheckedRoute[], keys: BusinessKeys | undefined): readonly CheckedRoute[] {
  if (routes.every(({ when }) => !when)) return routes;
  const brought = new Set<string>();
  return routes.flatMap((route) => {
    if (!takesEvent(route, keys)) return [];
    const { name, version } = route.message;
    const to = route.to.filter((destination) => !brought.has(`${name}@${version} ${destination.name}`));
    for (const destination of to) brought.add(`${name}@${version} ${destination.name}`);
    return to.length === 0 ? [] : [{ ...route, to }];
  });
}

/** Whether an event with these business keys has one of the values that the route wants for each. */
export function takesEvent({ when }: CheckedRoute, keys: BusinessKeys = {}): boolean {
  if (!when) return true;
  return Object.entries(when).every(([key, wanted]) => {
    const values = Object.hasOwn(keys, key) ? keys[key] : undefined;
    return values !== undefined && [values].flat().some((value) => wanted.includes(value));
  });
}
