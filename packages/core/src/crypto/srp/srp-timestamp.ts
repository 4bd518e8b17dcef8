const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const FORM =
  /^([A-Z][a-z]{2}) ([A-Z][a-z]{2}) ([1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) UTC ([1-9]\d{3})$/;

/**
 * Reads the TIMESTAMP of an SRP answer, `ddd MMM D HH:mm:ss UTC YYYY` in English, as UTC milliseconds.
 * Anything else is `undefined`: a zero-padded day, a date that does not exist, a weekday that is not that date's.
 * Source: behaviour.md 6.6, security.md S07.
 */
export function parseSrpTimestamp(text: string): number | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, weekday = '', month = '', day, hours, minutes, seconds, year] = match;
  const monthIndex = MONTHS.indexOf(month);
  if (monthIndex < 0) return undefined;
  const timeMs = Date.UTC(
    Number(year),
    monthIndex,
    Number(day),
    Number(hours),
    Number(minutes),
    Number(seconds),
  );
  const date = new Date(timeMs);
  // `Date.UTC` turns 31 June into 1 July.
  if (date.getUTCDate() !== Number(day)) return undefined;
  return WEEKDAYS[date.getUTCDay()] === weekday ? timeMs : undefined;
}
