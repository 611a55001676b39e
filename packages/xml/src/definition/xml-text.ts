/** Grows a document, indented by two blanks a level where an element holds elements. */
export class XmlText {
  #text = '<?xml version="1.0" encoding="UTF-8"?>\n';
  #indent = '\n';
  #open: 'tag' | 'text' | 'children' = 'children';

  prolog(root: string, systemId: string | undefined): void {
    if (systemId !== undefined) this.#text += `<!DOCTYPE ${root} SYSTEM "${systemId}">\n`;
  }

  startElement(name: string): void {
    if (this.#open === 'tag') this.#text += '>';
    this.#text += this.#indent === '\n' ? `<${name}` : `${this.#indent}<${name}`;
    this.#indent += '  ';
    this.#open = 'tag';
  }

  attribute(name: string, value: string): void {
    this.#text += ` ${name}="${escape(value, inAttribute)}"`;
  }

  text(text: string): void {
    if (text === '') return;
    this.#text += `>${escape(text, inText)}`;
    this.#open = 'text';
  }

  endElement(name: string): void {
    this.#indent = this.#indent.slice(0, -2);
    if (this.#open === 'tag') this.#text += '/>';
    else this.#text += this.#open === 'text' ? `</${name}>` : `${this.#indent}</${name}>`;
    this.#open = 'children';
  }

  end(): string {
    return `${this.#text}\n`;
  }
}

const inText = /[&<>\r]/g;
const inAttribute = /[&<"\t\n\r]/g;
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escape(text: string, pattern: RegExp): string {
  return text.replace(pattern, (character) => escapes[character] ?? character);
}
