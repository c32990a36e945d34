import type { BadLine } from './read-events.ts';

const mostKinds = 20; // of a file of something else, each line may be wrong in a way of its own

interface Kind {
  readonly first: string;
  count: number;
}

/**
 * What is wrong with lines, each kind of mistake once: the first such line and how many more there are.
 * @param showFile whether there are several files, so that a line's number does not say which it is
 */
export function badLines(showFile: boolean) {
  const kinds = new Map<string, Kind>();
  let others = 0;
  return {
    add({ file, lineNumber, reason }: BadLine): void {
      const kind = kinds.get(reason);
      if (kind !== undefined) kind.count += 1;
      else if (kinds.size === mostKinds) others += 1;
      else kinds.set(reason, { first: `${showFile ? `${file} ` : ''}line ${lineNumber}`, count: 1 });
    },
    sentences(): readonly string[] {
      const sentences = [...kinds].map(([reason, { first, count }]) => {
        const more = count === 1 ? '' : ` and ${(count - 1).toLocaleString('en-US')} more`;
        return `${first}${more}: ${reason}`;
      });
      return others === 0
        ? sentences
        : [...sentences, `and ${others.toLocaleString('en-US')} more bad lines`];
    },
  };
}
