const written = Symbol('html');

/** Markup that is safe to send: only the `html` tag makes it. */
export interface Html {
  readonly [written]: string;
}

type Part = Html | string | number | readonly Html[];

/**
 * A template whose every value is escaped, in text and in quoted attributes, unless it is markup already.
 * There is no way around the escaping.
 * @example htmlText(html`<b title="${'"'}">${'a < b'}</b>`) // '<b title="&quot;">a &lt; b</b>'
 */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const pieces = texts.map((text, index) => text + markup(parts[index] ?? ''));
  return { [written]: pieces.join('') };
}

export function htmlText(markup: Html): string {
  return markup[written];
}

function markup(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return written in part ? part[written] : part.map(htmlText).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
