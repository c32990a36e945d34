/** @example counted(1200, 'finding') // '1,200 findings', counted(1, 'finding') // '1 finding' */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** @example listed(['3 high', '2 low', '1 new']) // '3 high, 2 low and 1 new' */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
