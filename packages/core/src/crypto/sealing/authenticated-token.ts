import type { KeyObject } from 'node:crypto';
import { decryptAesGcm, encryptAesGcm } from './aes-gcm.ts';
import { decodeCanonical, type Base64Form } from '../primitives/base64-text.ts';
import { frame } from '../primitives/framing.ts';
import { systemRandom, type Random } from '../primitives/random.ts';

/** The result of `openState`; only an authentic text is ever reported as expired. */
export type OpenedState<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: 'invalid' | 'expired' };

/** How a sealed state is encoded; both sides must use the same form. */
export interface StateOptions {
  /** `base64url` unless a protocol needs the standard alphabet, as SECRET_BLOCK does. */
  readonly form?: Base64Form;
  readonly random?: Random;
  /** Pads the content to this many bytes, so that the text's length reveals nothing about it; longer content is a RangeError. */
  readonly contentBytes?: number;
}

/** The longest text that is accepted, and the longest that is made. */
const MAXIMUM_LENGTH = 8192;

const EXPIRY_BYTES = 8;

/**
 * Seals an object into an opaque text that its holder can neither read nor change: challenge sessions, secret blocks, pagination tokens.
 * `key` is 32 bytes; `purpose` keeps one kind from being accepted as another. The object must survive JSON. Not single-use by itself:
 * include an id if a text may be used only once.
 */
export function sealState(
  key: KeyObject,
  purpose: string,
  value: object,
  expiresAtMs: number,
  options: StateOptions = {},
): string {
  const expiry = Buffer.alloc(EXPIRY_BYTES);
  expiry.writeDoubleBE(expiresAtMs);
  const plain = Buffer.concat([expiry, contentOf(purpose, value, options.contentBytes)]);
  const sealed = encryptAesGcm(key, options.random ?? systemRandom, binding(purpose), plain);
  const text = sealed.toString(options.form ?? 'base64url');
  if (text.length > MAXIMUM_LENGTH) throw new RangeError(`the state of "${purpose}" is too large`);
  return text;
}

/**
 * Opens what `sealState` made with the same key and purpose. It ends exactly at `expiresAtMs`. `Value` is the caller's promise that it
 * seals nothing else with this purpose.
 */
export function openState<Value extends object>(
  key: KeyObject,
  purpose: string,
  text: string,
  nowMs: number,
  options: StateOptions = {},
): OpenedState<Value> {
  if (text.length > MAXIMUM_LENGTH) return { ok: false, reason: 'invalid' };
  const sealed = decodeCanonical(text, options.form ?? 'base64url');
  const plain = sealed && decryptAesGcm(key, binding(purpose), sealed);
  if (plain === undefined) return { ok: false, reason: 'invalid' };
  if (nowMs >= plain.readDoubleBE(0)) return { ok: false, reason: 'expired' };
  return { ok: true, value: JSON.parse(plain.toString('utf8', EXPIRY_BYTES)) as Value };
}

/** JSON ignores trailing white space, so padded content is parsed like the rest. */
function contentOf(purpose: string, value: object, bytes: number | undefined): Buffer {
  const json = Buffer.from(JSON.stringify(value), 'utf8');
  if (bytes === undefined) return json;
  if (json.length > bytes) throw new RangeError(`the state of "${purpose}" is too large`);
  return Buffer.concat([json, Buffer.alloc(bytes - json.length, ' ')]);
}

function binding(purpose: string): Buffer {
  return frame(['state', purpose]);
}
