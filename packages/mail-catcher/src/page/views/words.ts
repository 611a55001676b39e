import { type Markup, markup } from '@waybill/markup';
import type { MailAddress } from '../../mails/caught-mail.ts';

/** `4.2 kB`: at most three digits. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [unit, value] = bytes < 999_500 ? ['kB', bytes / 1e3] : ['MB', bytes / 1e6];
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/** The time of day today, the day and the time otherwise, in the zone of this machine. */
export function timeText(at: number, now = Date.now()): string {
  const [day, time] = localParts(at);
  return day === localParts(now)[0] ? time : `${day} ${time.slice(0, 5)}`;
}

/** Day and time. */
export function fullTimeText(at: number): string {
  return localParts(at).join(' ');
}

function localParts(at: number): readonly [day: string, time: string] {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return [day, `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`];
}

export function timeOf(at: number, text: string): Markup {
  return markup`<time datetime="${new Date(at).toISOString()}">${text}</time>`;
}

export function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** Names where there are some, for a list. */
export function shortPeople(people: readonly MailAddress[], otherwise: string): string {
  return people.map(({ name, address }) => name || address).join(', ') || otherwise;
}

/** Names and addresses. Each stands by itself, so that a text that is written from the right does not turn what is around it. */
export function people(all: readonly MailAddress[]): readonly Markup[] {
  return all.map(({ name, address }) =>
    name === '' ? markup`<bdi class="person">${address}</bdi> ` : markup`<bdi class="person"><b>${name}</b> &lt;${address}&gt;</bdi> `,
  );
}
