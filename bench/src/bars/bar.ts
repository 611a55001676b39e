/** One line of the table: a figure beside the limit that it has to keep. */
export interface Bar {
  readonly what: string;
  readonly figure: string;
  readonly limit: string;
  readonly kept: boolean;
}

/** What is said where something cannot be run on this machine. It counts as not kept. */
export const notRun = (what: string, why: string): Bar => ({ what, figure: 'NOT RUN', limit: why, kept: false });

export const none = (what: string, count: number): Bar => ({ what, figure: String(count), limit: '= 0', kept: count === 0 });

export const atMost = (what: string, value: number, limit: number, unit = ''): Bar => ({
  what,
  figure: `${round(value)}${unit}`,
  limit: `<= ${limit}${unit}`,
  kept: value <= limit,
});

export const atLeast = (what: string, value: number, limit: number, unit = ''): Bar => ({
  what,
  figure: `${round(value)}${unit}`,
  limit: `>= ${limit}${unit}`,
  kept: value >= limit,
});

const round = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));
