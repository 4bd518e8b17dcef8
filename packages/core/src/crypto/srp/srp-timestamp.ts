const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const FORM =
  /^([A-Z][a-z]{2}) ([A-Z][a-z]{2}) ([1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d UTC ([1-9]\d{3})$/;

/**
 * Whether the TIMESTAMP of an SRP answer has its form, `ddd MMM D HH:mm:ss UTC YYYY` in English. A zero-padded day, a date that does not
 * exist, or a weekday that does not match the date is refused. Source: behaviour.md 6.1, 6.6, security.md S07.
 */
export function isSrpTimestamp(text: string): boolean {
  const match = FORM.exec(text);
  if (match === null) return false;
  const [, weekday = '', month = '', day, year] = match;
  const monthIndex = MONTHS.indexOf(month);
  if (monthIndex < 0) return false;
  const date = new Date(Date.UTC(Number(year), monthIndex, Number(day)));
  // `Date.UTC` turns 31 June into 1 July.
  return date.getUTCDate() === Number(day) && WEEKDAYS[date.getUTCDay()] === weekday;
}
