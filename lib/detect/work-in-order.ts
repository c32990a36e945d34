interface Left<Item> {
  readonly broken: readonly { readonly item: Item; readonly error: unknown }[];
  /** Items behind a broken one that may not be passed: not tried. */
  readonly waiting: readonly Item[];
}

/**
 * Does the work on all items at once, which is cheap. If that fails, it does one by one, up to the first broken item,
 * or past it when `mayBePassed` allows. The work must tolerate being repeated on finished items.
 * @returns the items that are not done
 */
export async function workInOrder<Item>(
  items: readonly Item[],
  work: (some: readonly Item[]) => Promise<void>,
  mayBePassed: (broken: Item) => boolean,
): Promise<Left<Item>> {
  if (items.length > 1) {
    try {
      await work(items);
      return { broken: [], waiting: [] };
    } catch {
      // One by one shows which item it was.
    }
  }
  const broken: { item: Item; error: unknown }[] = [];
  for (const [index, item] of items.entries()) {
    try {
      await work([item]);
    } catch (error) {
      broken.push({ item, error });
      if (!mayBePassed(item)) return { broken, waiting: items.slice(index + 1) };
    }
  }
  return { broken, waiting: [] };
}
