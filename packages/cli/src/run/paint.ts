/** Gives a text a colour where colours are shown, else leaves it as it is. */
export type Paint = (colour: 'red' | 'yellow' | 'green' | 'gray' | 'bold', text: string) => string;

export const plain: Paint = (_colour, text) => text;

/** `14:03:07.250`, in the time zone of this machine. */
export function clockTime(at: number): string {
  const time = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  const milliseconds = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${milliseconds}`;
}
