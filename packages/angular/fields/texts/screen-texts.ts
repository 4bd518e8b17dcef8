import type { ScreenTexts } from '@poolhouse/angular';

/**
 * The English words of the ready-made screens, for the section `screens` of the kit's texts. Names in braces, like `{name}`, are
 * placeholders.
 */
export const screenTexts: ScreenTexts = {
  toContinueTo: 'to continue to {app}',
  optional: 'optional',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  working: 'One moment',
  backToSignIn: 'Back to sign in',
  nothingThere: 'Nothing arrived?',
  sendAgain: 'Send it again',
  sendAgainIn: 'Send it again in {seconds} s',
  sentAgain: 'Sent again to {address}.',
  yourAddress: 'your address',
  loading: 'Loading',
  or: 'or',
  /** The document's title: `{screen}` is the screen's title, `{app}` the application's name. */
  documentTitle: '{screen} · {app}',
  nameUsername: 'User name',
  nameEmail: 'Email',
  namePhone: 'Phone number',
  namePreferred: 'Preferred user name',

  signInTitle: 'Sign in',
  signInAction: 'Sign in',
  password: 'Password',
  forgotten: 'Forgot password?',
  newHere: 'New here?',
  createAccount: 'Create an account',
  signInNext: 'Continue',
  otherName: 'Use another name',
  asName: 'as {name}',
  chooseWayTitle: 'How do you want to sign in?',
  chooseWayAction: 'Continue',
  wayPasskey: 'Passkey',
  wayPasskeyHelp: 'With your fingerprint, your face, or the lock of your device.',
  wayEmail: 'Code by email',
  wayEmailHelp: 'We send a code to your email address.',
  waySms: 'Code by text message',
  waySmsHelp: 'We send a code to your phone.',
  wayPasswordHelp: 'The password of your account here.',
  enterPasswordTitle: 'Enter your password',
  passwordOptionalHelp: 'Without one, you sign in with codes that we send you.',

  signUpTitle: 'Create an account',
  signUpAction: 'Create account',
  alreadyRegistered: 'Already have an account?',
  usernameHelp: 'You will sign in with it. It cannot be changed later.',
  emailHelp: 'We will send a message there to confirm that it is yours.',
  phoneHelp: 'With the country code, like +49 30 901820.',

  confirmTitle: 'Enter the code',
  confirmSent: 'We sent a code to {address} to confirm your account.',
  confirmPending:
    'Your account is not confirmed yet. Enter the code we sent you, or ask for a new one.',
  confirmAction: 'Confirm',
  code: 'Code',
  codeHelp: 'Six digits. The message can take a minute to arrive.',
  codeLongHelp: 'Eight digits. The message can take a minute to arrive.',
  linkTitle: 'Check your mail',
  linkSent: 'We sent a link to {address}. Open it to confirm your account, then come back here.',
  linkPending:
    'Your account is not confirmed yet. Open the link in the mail we sent you, then come back here.',
  linkAction: 'I have confirmed it, sign me in',
  linkNotYet: 'Your account is not confirmed yet. Open the link in the mail first.',
  confirmed: 'Your account is confirmed. You can sign in now.',

  resetTitle: 'Reset your password',
  resetIntro: 'We will send you a code that lets you choose a new password.',
  resetAction: 'Send the code',
  resetHaveCode: 'I already have a code',
  resetCodeTitle: 'Choose a new password',
  resetSent: 'We sent a code to {address}.',
  resetCodeIntro: 'Enter the code that you received.',
  resetCodeAction: 'Change password',
  resetOtherName: 'Start again with another name',
  resetRequired: 'You have to change your password before you can sign in.',
  resetDone: 'Your password is changed. Sign in with the new one.',
  newPassword: 'New password',

  newPasswordTitle: 'Choose your password',
  newPasswordIntro:
    'You signed in with a temporary password. Replace it with one that only you know.',
  newPasswordAction: 'Save and continue',
  newPasswordAgain: 'Sign in with the temporary password once more, then choose your own.',

  secondFactorTitle: 'Enter your code',
  secondFactorApp: 'Open your authenticator application, and enter the code that it shows.',
  secondFactorDevice:
    'Open the authenticator application on {device}, and enter the code that it shows.',
  secondFactorSent: 'We sent a code to {address}.',
  secondFactorAppHelp: 'Six digits. Every 30 seconds there is a new code.',
  secondFactorAction: 'Continue',
  secondFactorOther: 'Use another way',
  secondFactorAgain: 'Sign in once more, then go on from there.',
  linkCodeTitle: 'Type this code where you began',
  linkCodeIntro:
    'Go back to the page on which you asked for it, in another browser or on another device. It has a field for the code.',
  linkCodeWarning:
    'Did you not ask for it? Then close this page, and do not give the code to anybody.',
  linkCodeAction: 'Copy the code',
  linkCodeNotCopied: 'Your browser does not allow that. Please select the code, and copy it.',
  linkCodeHere: 'Sign in here instead',
  linkOrCodeSent:
    'We sent a mail to {address}. Open its link in this browser, or enter its code here.',
  chooseFactorTitle: 'How do you want to show that it is you?',
  chooseFactorIntro: 'Your account needs a code in addition to the password.',
  chooseFactorAction: 'Continue',
  factorAuthenticator: 'Authenticator application',
  factorAuthenticatorHelp: 'A code that your phone shows, even without a connection.',
  factorSms: 'Text message',
  factorSmsHelp: 'A code that we send to your phone.',
  factorEmail: 'Email',
  factorEmailHelp: 'A code that we send to your email address.',

  setUpTitle: 'Protect your account with a second step',
  setUpIntro: 'This site asks for a code in addition to the password. How do you want to get it?',
  setUpAction: 'Continue',
  setUpAppTitle: 'Set up an authenticator application',
  setUpAppIntro:
    'Scan the picture with an authenticator application on your phone, or type the key into it. Then enter the code that it shows.',
  setUpAppAction: 'Continue',
  setUpPicture: 'QR code with the key below',
  setUpKey: 'Key',
  copyKey: 'Copy the key',
  keyCopied: 'Copied.',
  keyNotCopied: 'Your browser does not allow that. Please select the key, and copy it.',
  setUpEmailTitle: 'Where should we send the code?',
  setUpEmailIntro: 'We send a code to this address each time you sign in.',
  setUpEmailAction: 'Send the code',
  setUpPhoneTitle: 'Your account needs a phone number',
  setUpPhoneIntro:
    'This site sends codes by text message, and your account has no phone number. Ask the people who run this site to add it, then sign in again.',

  factorOn: 'On',
  factorOff: 'Off',
  factorFirst: 'Asked for first',
  factorAddress: 'Codes go to {address}.',
  factorTurnOn: 'Turn on',
  factorTurnOff: 'Turn off',
  factorAskFirst: 'Ask for this first',
  factorAskNone: 'Let me choose each time',
  factorSetUp: 'Set up',
  factorReplace: 'Replace',
  factorReplaceIntro:
    'The application that you use now works until you have entered a code of the new one.',
  factorCancel: 'Cancel',
  /** `{factor}` is what the factor is called. */
  factorIsOn: '{factor}: turned on.',
  factorIsOff: '{factor}: turned off.',
  factorIsFirst: '{factor}: asked for first.',
  factorIsReplaced: '{factor}: replaced.',
  /** What a button is called for screen readers. */
  factorButton: '{action}: {factor}',
  addressVerified: 'Verified',
  addressUnverified: 'Not verified',
  addressNone: 'None',
  addressAdd: 'Add',
  addressChange: 'Change',
  addressVerify: 'Verify',
  addressSave: 'Save',
  /** `{address}` is what the address is called. */
  addressIsSaved: '{address}: saved.',
  addressIsVerified: '{address}: verified.',
  tryAgain: 'Try again',
  passkeyAdd: 'Create a passkey',
  passkeyNone: 'You have no passkey yet.',
  passkeyNotHere: 'This browser cannot create passkeys.',
  passkeyCreated: 'Created {date}.',
  passkeyRemove: 'Delete',
  passkeyRemoveAsk: 'Delete this passkey? You cannot sign in with it afterwards.',
  passkeyIsAdded: 'The passkey is created. You can sign in with it from now on.',
  passkeyIsRemoved:
    'The passkey is deleted. Delete it on your device, too, or in your password manager.',
  sessionNone: 'There are no sessions.',
  sessionThis: 'This browser',
  sessionUnknown: 'Unknown device',
  sessionBegan: 'Signed in {date}.',
  sessionUsed: 'Last used {date}.',
  sessionFrom: 'From {address}.',
  sessionEndAsk: 'Sign out there? Whoever uses it has to sign in again.',
  sessionIsEnded: '{device}: signed out.',
  deviceNone: 'There are no devices.',
  deviceForget: 'Forget',
  deviceForgetAsk:
    'Forget this device? Whoever uses it has to sign in again, with a code if you turned that on.',
  deviceIsForgotten: '{device}: forgotten.',
  deviceRemember: 'Remember this browser',
  deviceRememberHelp:
    'On a device that is remembered, you may not need a code. Do not do this on a computer that others use.',
  deviceOfferTitle: 'Remember this browser?',
  deviceIsRemembered: 'This browser is remembered.',
  offerTitle: 'Sign in faster next time',
  offerText:
    'Create a passkey, and sign in with your fingerprint, your face, or the lock of your device.',
  offerNo: 'Not now',

  signedInTitle: 'You are signed in',
  signedInAs: 'as {name}',
  signOut: 'Sign out',

  rulesTitle: 'The password needs:',
  ruleLength: '{minimum} or more characters',
  ruleLower: 'a small letter',
  ruleUpper: 'a capital letter',
  ruleNumber: 'a digit',
  ruleSymbol: 'a symbol such as ! or -',
  ruleEdges: 'no space at either end',
  ruleMet: 'done',
  ruleUnmet: 'missing',

  /** `{label}` as above the field, `{lower}` with a small first letter. */
  problemMissing: 'Enter your {lower}.',
  problemEmail: 'Enter an address like name@example.com.',
  problemPhone: 'Enter the number with its country code, like +49 30 901820.',
  problemCode: 'The code has six digits.',
  problemLongCode: 'The code has eight digits.',
  problemDate: 'Enter the date as year-month-day, like 1990-05-31.',
  problemUrl: 'Enter an address that starts with https://.',
  problemSpaces: 'A user name has no spaces.',
  problemPassword: 'Still missing: {rules}.',
  problemShort: 'Enter {minimum} characters or more.',
  problemLong: 'Enter {maximum} characters at most.',
};

/** The words of the screens in use. They are merged here, so that an application without screens does not include them. */
export function wordsOf({ screens }: { readonly screens: Partial<ScreenTexts> }): ScreenTexts {
  return { ...screenTexts, ...screens };
}

/** A text with its `{placeholders}` filled in. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The message about an empty field. */
export function missingText(label: string, texts: ScreenTexts): string {
  const lower = label.charAt(0).toLowerCase() + label.slice(1);
  return fill(texts.problemMissing, { label, lower });
}
