/** Deeper than that nothing is moved to the right. */
const deepest = 20;

/** A document that was written without line ends, with one for each element. What has line ends already, or is no XML, stays as it is. */
export function prettyXml(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('<') || trimmed.includes('\n<')) return text;
  let depth = 0;
  let isText = false;
  let pretty = '';
  for (const part of trimmed.split(/(?=<)|(?<=>)/)) {
    const isTag = part.startsWith('<');
    const isEnd = part.startsWith('</');
    if (isEnd) depth -= 1;
    if (!isTag) isText = part.trim() !== '';
    else if (isText) isText = !isEnd;
    if (isTag && !(isEnd && pretty.endsWith(closed(part))) && !isText && !endsInText(pretty))
      pretty += `\n${'  '.repeat(Math.min(Math.max(depth, 0), deepest))}`;
    pretty += part;
    if (isTag && !isEnd && !part.endsWith('/>') && !/^<[?!]/.test(part)) depth += 1;
  }
  return pretty.trimStart();
}

/** `</a>` closes `<a>`, which stands before it. */
function closed(end: string): string {
  return `<${end.slice(2)}`;
}

function endsInText(pretty: string): boolean {
  return pretty !== '' && !pretty.endsWith('>');
}
