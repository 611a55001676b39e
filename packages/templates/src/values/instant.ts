const day = /^\d{4}-\d\d-\d\d$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/;

/** A moment of an event, or a day, which is the same everywhere. */
export interface Moment {
  readonly date: Date;
  readonly isDay: boolean;
}

/** What an ISO 8601 text means; without an offset it is in UTC. Undefined for anything else. */
export function readMoment(value: unknown): Moment | undefined {
  if (typeof value !== 'string') return undefined;
  const isDay = day.test(value);
  if (!isDay && !instant.test(value)) return undefined;
  const date = new Date(isDay || /Z$|[+-]\d\d:\d\d$/.test(value) ? value : `${value}Z`);
  return Number.isNaN(date.getTime()) ? undefined : { date, isDay };
}
