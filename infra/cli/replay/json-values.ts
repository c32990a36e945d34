/** A JSON value of a text. */
export interface ReadJson {
  /** Where it begins, from 1. */
  readonly lineNumber: number;
  readonly json: unknown;
  /** The number of the array in the text that it is an item of, from 1; 0 for a value that stands alone. */
  readonly arrayNumber: number;
}

export type JsonValue = ReadJson | { readonly lineNumber: number; readonly fault: string };

interface OpenObject {
  readonly lineNumber: number;
  readonly lines: string[];
  /** Brackets that are open, such as `{[{`. */
  brackets: string;
  /** The last token. */
  last: string;
}

const notJson = 'it is not JSON';
const cutOff = 'its JSON is cut off';
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:"]|[^\s{}[\],:"]+/g;

/**
 * Takes a text line by line and gives the JSON in it: one value a line, several, or one over many lines. The items of
 * an array that goes over many lines are given one by one, so that no more than one is held. A broken line costs that
 * line: where the next can't continue what is open, it begins again.
 */
export function jsonValues() {
  let open: OpenObject | undefined;
  let arraysOpen = 0;
  let arrayNumber = 0;
  let arrayLine = 0;

  function parsed(text: string, lineNumber: number): JsonValue {
    try {
      return { lineNumber, json: JSON.parse(text), arrayNumber: arraysOpen > 0 ? arrayNumber : 0 };
    } catch {
      return { lineNumber, fault: notJson };
    }
  }

  /** Goes through a line's tokens. @returns what is wrong with it, if anything */
  function scan(line: string, lineNumber: number, found: JsonValue[]): string | undefined {
    let from = 0; // where the open object continues in this line
    for (const { 0: text, index } of line.matchAll(token)) {
      if (open === undefined) {
        if (text === '{') {
          open = { lineNumber, lines: [], brackets: '{', last: '{' };
          from = index;
        } else if (text === '[') {
          if (arraysOpen === 0) {
            arrayNumber += 1;
            arrayLine = lineNumber;
          }
          arraysOpen += 1;
        } else if (text === ']' && arraysOpen > 0) arraysOpen -= 1;
        else if (text !== ',' || arraysOpen === 0) return notJson;
        continue;
      }
      const fault = step(open, text);
      if (fault !== undefined) return fault;
      if (open.brackets !== '') continue;
      found.push(parsed([...open.lines, line.slice(from, index + 1)].join('\n'), open.lineNumber));
      open = undefined;
    }
    open?.lines.push(line.slice(from));
    return undefined;
  }

  function take(line: string, lineNumber: number, found: JsonValue[]): void {
    if (open === undefined) {
      const text = arraysOpen > 0 ? line.replace(/,\s*$/, '') : line;
      if (text.trim() === '') return;
      const whole = parsed(text, lineNumber);
      if ('json' in whole) {
        found.push(whole);
        return;
      }
    }
    const before = open;
    const arraysBefore = arraysOpen;
    const fault = scan(line, lineNumber, found);
    if (fault === undefined) return;
    found.push({
      lineNumber: before?.lineNumber ?? lineNumber,
      fault: before === undefined ? fault : cutOff,
    });
    open = undefined;
    if (before === undefined) {
      arraysOpen = arraysBefore;
      return;
    }
    // One line after the broken one may be whole and look as if it continued with it; two can't.
    const [, second] = before.lines;
    if (before.lines.length === 2 && second !== undefined) take(second, lineNumber - 1, found);
    take(line, lineNumber, found);
  }

  return {
    take(line: string, lineNumber: number): readonly JsonValue[] {
      const found: JsonValue[] = [];
      take(line, lineNumber, found);
      return found;
    },
    /** The text is over. */
    end(): readonly JsonValue[] {
      if (open !== undefined) return [{ lineNumber: open.lineNumber, fault: cutOff }];
      return arraysOpen > 0 ? [{ lineNumber: arrayLine, fault: cutOff }] : [];
    },
  };
}

/** Goes on with an open object by one token. @returns what is wrong, where it can't be the next */
function step(open: OpenObject, text: string): string | undefined {
  const { brackets, last } = open;
  const inside = brackets.at(-1);
  open.last = text;
  if (text === '"') return cutOff; // a string that does not end in its line
  if (text === '{' || text === '[') {
    open.brackets += text;
    return last === ':' || (inside === '[' && (last === ',' || last === '[')) ? undefined : notJson;
  }
  if (text !== '}' && text !== ']') return undefined;
  open.brackets = brackets.slice(0, -1);
  return inside === (text === '}' ? '{' : '[') ? undefined : notJson;
}
