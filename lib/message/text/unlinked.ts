/** `https://...`, `www....`, or a host with something behind it: `evil.example/x`, `evil.example:8080`. */
const address =
  /(?<!\S)\S*:\/\/\S*|\bwww\.\S+|(?<![@\p{L}\p{N}])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/?#]|:\d)\S*/giu;

/**
 * A text without the addresses of pages, which a mail program makes links of: whoever chooses a name would choose
 * where finance is led. They stay readable. A host alone is left as it is: it leads where it says, and many an honest
 * company is called so.
 *
 * @example unlinked('Acme https://evil.example/x') // 'Acme https[:]//evil[.]example/x'
 * @example unlinked('Booking.com') // 'Booking.com'
 */
export function unlinked(text: string): string {
  return text.replace(address, (found) => found.replaceAll('.', '[.]').replaceAll('://', '[:]//'));
}
