interface Left<Item> {
  readonly broken: readonly { readonly item: Item; readonly error: unknown }[];
  /** Behind a broken item that may not be passed: not tried. */
  readonly waiting: readonly Item[];
}

/**
 * Does the work on all items at once, which is cheap; if that fails, one by one, up to the first broken item, or past
 * it when `mayBePassed` says so. The work must not mind being done twice on the items that are done.
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
      // One by one tells which of them it was.
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
