/**
 * In a text, a line with nothing but one tag writes nothing: its line end belongs to the tag. Moving it into the tag, where it is a blank, keeps the
 * number of every line that a problem is told with. The blanks in front of the tag move as well, which `shiftedBy` makes good.
 */
export function joinStandaloneLines(source: string): string {
  return source.replaceAll(
    /^([ \t]*)\{%(-?)((?:(?!%\}).)*?)(-?)%\}[ \t]*\n/gm,
    (_, indent: string, left: string, inner: string, right: string) => {
      return `{%${left}${inner}${indent}${right === '' ? ' ' : ''}\n${right}%}`;
    },
  );
}

/** By how many columns what stands in this line of the file was moved to the left. The end of a tag that was joined stands at the start of the next line. */
export function shiftedBy(source: string, line: number): number {
  const lines = source.split('\n');
  const [, indent = ''] = standalone.exec(lines[line - 1] ?? '') ?? [];
  const [before, , end = ''] = (line > 1 && standalone.exec(lines[line - 2] ?? '')) || [];
  return indent.length - (before === undefined ? 0 : end.length);
}

const standalone = /^([ \t]*)\{%-?(?:(?!%\}).)*?(-?%\})[ \t]*$/;
