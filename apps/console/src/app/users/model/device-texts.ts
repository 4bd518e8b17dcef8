/** Texts about the devices of a user, ready to be translated. */
export const deviceTexts = {
  heading: 'Devices',
  lead: 'Devices that applications have registered for this person, oldest first. What a remembered one is good for, the pool’s page Sign-in decides.',
  none: 'No device yet.',
  unnamed: 'Unnamed device',
  remembered: 'Remembered',
  notRemembered: 'Not remembered',
  active: 'Signed in',
  added: 'Registered',
  remember: 'Remember',
  rememberOf: (name: string) => `Remember the device: ${name}`,
  rememberDone: 'The device is remembered.',
  doNot: 'Do not remember',
  doNotOf: (name: string) => `Do not remember the device: ${name}`,
  doNotDone: 'The device is not remembered any more.',
  forget: 'Forget',
  forgetOf: (name: string) => `Forget the device: ${name}`,
  forgetHeading: (name: string) => `Forget this device (${name})?`,
  forgetVerb: 'Forget the device',
  forgetWords:
    'For a device that is lost or sold. Sessions that began on it end now, and the next sign-in on it is as on a new device. This cannot be undone.',
  forgotten: 'The device is forgotten.',
} as const;
