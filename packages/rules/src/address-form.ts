import { mailAddress } from './canonical-name.ts';

/** `+`, then up to 15 digits that do not start with 0. Source: E.164. */
const e164 = /^\+[1-9]\d{1,14}$/;

/** Whether the text is a phone number in the form that the service accepts. */
export function isPhoneNumber(text: string): boolean {
  return e164.test(text);
}

/** Whether the text is a single mail address that every mail server reads as the same recipient (security.md A12). */
export function isEmailAddress(text: string): boolean {
  return mailAddress(text) !== undefined;
}

/** Whether the text is one mail address, or a name with one in angle brackets, on one line: the sender of a mail (security.md X09). */
export function isMailSender(text: string): boolean {
  const inside = /^[^<>\p{Cc}]{0,320}<([^<>]*)>$/u.exec(text);
  return isEmailAddress(inside?.[1] ?? text);
}
