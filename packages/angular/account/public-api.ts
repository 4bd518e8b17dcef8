export { OwnPasskeys } from './own-passkeys';
export type { Passkey } from './own-passkeys';
export { OwnSessions } from './own-sessions';
export type { OwnSession } from './own-sessions';
export { PasskeyOffer } from './passkey-offer';
export { Passkeys } from './passkeys';
export { SecondFactors } from './second-factors';
export { Sessions } from './sessions';
