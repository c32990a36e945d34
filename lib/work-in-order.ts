/**
 * Does the work on all items at once, which is cheap; if that fails, one by one, so that only the broken item and
 * those behind it are left. The work must not mind being done twice on the items in front.
 * @returns how many items from the front are done, and the error of the next one, if there is one
 */
export async function workInOrder<Item>(
  items: readonly Item[],
  work: (some: readonly Item[]) => Promise<void>,
): Promise<{ done: number; error?: unknown }> {
  try {
    await work(items);
    return { done: items.length };
  } catch (error) {
    if (items.length === 1) return { done: 0, error };
  }
  for (const [done, item] of items.entries()) {
    try {
      await work([item]);
    } catch (error) {
      return { done, error };
    }
  }
  return { done: items.length };
}
