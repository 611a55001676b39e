import { autoSubmitted, isAutomatic } from './automatic.ts';
import { fieldOf, fieldsOf, type Part } from './mail-tree.ts';

/** The fields that people and packs look at. */
const shown = ['from', 'sender', 'reply-to', 'to', 'cc', 'subject', 'date', 'message-id', 'in-reply-to', 'references', 'list-id'];
/** A longer text says nothing more. */
const longest = 4_000;

/**
 * What a mail says of itself, as properties of the messages in it: fields by their names in lower case, their text made readable, without
 * control characters. Where a field came several times its texts are joined by commas. `auto-submitted` is there when a machine has made the
 * mail or no machine may answer it, whatever field says so.
 */
export function propertiesOf(mail: Part): Readonly<Record<string, string>> {
  const properties = shown.flatMap((name) => {
    const text = fieldsOf(mail, name)
      .map((field) => field.text)
      .join(', ');
    return text === '' ? [] : [[name, shortened(text)] as const];
  });
  const automatic = isAutomatic(mail) ? [['auto-submitted', automaticWord(mail)] as const] : [];
  const suppress = fieldOf(mail, 'precedence');
  const precedence = suppress === undefined || suppress.text === '' ? [] : [['precedence', shortened(suppress.text)] as const];
  return Object.fromEntries([...properties, ...precedence, ...automatic]);
}

function automaticWord(mail: Part): string {
  const word = autoSubmitted(mail);
  return word === undefined || word === 'no' ? 'auto-generated' : word;
}

/** Never ends within a character. */
function shortened(text: string): string {
  return text.length <= longest ? text : text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}
