/** `https://...`, `www....`, or a host with something behind it: `evil.example/x`, `evil.example:8080`. */
const address =
  /(?<!\S)\S*:\/\/\S*|\bwww\.\S+|(?<![@\p{L}\p{N}])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/?#]|:\d)\S*/giu;

/**
 * A text whose page addresses no mail program turns into links: else a customer's name could lead finance to any page.
 * The addresses stay readable. A host alone is left as it is: it leads where it says, and many an honest company has
 * such a name.
 * @example unlinked('Acme https://evil.example/x') // 'Acme https[:]//evil[.]example/x'
 * @example unlinked('Booking.com') // 'Booking.com'
 */
export function unlinked(text: string): string {
  return text.replace(address, (found) => found.replaceAll('.', '[.]').replaceAll('://', '[:]//'));
}
