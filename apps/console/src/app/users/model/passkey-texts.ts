/** Texts about the passkeys of a user, ready to be translated. */
export const passkeyTexts = {
  heading: 'Passkeys',
  lead: 'What this person has registered, oldest first.',
  registered: 'Registered',
  used: 'Used',
  unused: 'Never used',
  remove: 'Remove',
  removeOf: (name: string) => `Remove the passkey: ${name}`,
  removeHeading: (name: string) => `Remove this passkey (${name})?`,
  removeVerb: 'Remove the passkey',
  removeWords:
    'For a device that is lost. The passkey stops working now, and only the person can register one again. Sessions go on: if somebody else has the device, sign this person out everywhere, too.',
  removed: 'The passkey is removed.',
} as const;
