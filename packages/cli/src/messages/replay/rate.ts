import { errors } from '../../errors.ts';

const seconds = { s: 1, m: 60, h: 3_600 } as const;

/** Messages a second: `50`, `50/s`, `90/m`, `10/h`. Throws `WB_CLI_BAD_FILTER`. */
export function rateOf(text: string): number {
  const [, amount = '', unit = 's'] = /^(\d+(?:\.\d+)?)(?:\/([smh]))?$/.exec(text) ?? [];
  const rate = Number(amount) / seconds[unit as keyof typeof seconds];
  if (rate > 0) return rate;
  throw errors.WB_CLI_BAD_FILTER(`"${text}" is no rate.`, { at: '--rate', hint: 'Write how many messages a second (50), or 90/m, 10/h.' });
}

/** `50 a second`, or what is a whole number: a minute, an hour. */
export function rateText(rate: number): string {
  const unit = (
    [
      ['second', 1],
      ['minute', 60],
    ] as const
  ).find(([, length]) => Number.isInteger(Number((rate * length).toFixed(6))));
  const [word, length] = unit ?? ['hour', 3_600];
  return `${Number((rate * length).toFixed(2))} a ${word}`;
}
