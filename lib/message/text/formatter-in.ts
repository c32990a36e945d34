/**
 * Formatters made so far. Making one takes longer than all else in an email; a deployment has one time zone, and each
 * use its few options.
 */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter for a time zone, made once. @example formatterIn('Europe/Berlin', { weekday: 'short' }).format(0) // 'Thu' */
export function formatterIn(
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
  locale = 'en-GB',
): Intl.DateTimeFormat {
  const name = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  const known = formatters.get(name);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formatters.set(name, made);
  return made;
}
