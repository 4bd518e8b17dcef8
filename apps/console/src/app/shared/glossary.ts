/**
 * One word for one thing, on every page: labels that several pages need are defined here and nowhere else. The test next to it
 * checks the pages of the console and of the starter.
 */
export const glossary = {
  capitals: 'Capital letters',
  capitalsIgnored: 'make no difference',
  capitalsCount: 'make a difference',
  uppercase: 'A capital letter',
  lowercase: 'A small letter',
  numbers: 'A digit',
  symbols: 'A symbol such as ! or -',
  edges: 'No space at either end',
  minimumLength: 'Minimum length',
  shortest: 'Minimum length',
  longest: 'Maximum length',
  smallest: 'Minimum value',
  greatest: 'Maximum value',
  mutable: 'Can be changed once it has a value',
  addAttribute: 'Add an attribute',
  flowChoice: 'Choice of the user',
  flowSrp: 'Password, without sending it (SRP)',
  flowPassword: 'User name and password',
  flowAdminPassword: 'Password through your server',
  secondFactor: 'Second factor',
  secondFactors: 'Second factors',
  factorApp: 'Authenticator application',
  factorSms: 'Code by SMS',
  factorEmail: 'Code by email',
  repliesTo: 'Replies to',
  /** How SMS leave, which no setting of a pool decides. */
  smsWay:
    'The server’s own settings decide how SMS are sent. In development, without any, they stay in the inbox.',
  smsRole: 'Role that sends SMS',
  smsExternalId: 'External id',
  addressLater: 'Use a new address only once it is verified',
  temporaryPassword: 'Temp password',
  resetRequired: 'Reset required',
} as const;

/** Names of the types of custom attributes. */
export const typeNames: Readonly<Record<string, string>> = {
  String: 'Text',
  Number: 'Number',
  Boolean: 'Yes or no',
  DateTime: 'Date',
};

/** Names of the standard attributes. */
const attributeNames: Readonly<Record<string, string>> = {
  sub: 'Id (sub)',
  name: 'Name',
  given_name: 'Given name',
  family_name: 'Family name',
  middle_name: 'Middle name',
  nickname: 'Nickname',
  preferred_username: 'Preferred user name',
  profile: 'Profile page',
  picture: 'Picture',
  website: 'Website',
  email: 'Email',
  email_verified: 'Email is verified',
  gender: 'Gender',
  birthdate: 'Birthdate',
  zoneinfo: 'Time zone',
  locale: 'Locale',
  phone_number: 'Phone number',
  phone_number_verified: 'Phone number is verified',
  address: 'Address',
  updated_at: 'Updated at',
};

/** What an attribute is called; custom ones are called as they are, without the prefix. */
export function attributeName(name: string): string {
  return attributeNames[name] ?? name.replace(/^(dev:)?custom:/, '');
}

/** The same within a sentence. */
export function attributeWord(name: string): string {
  return attributeNames[name]?.toLowerCase() ?? attributeName(name);
}

/** Words that pages used to use, each with the glossary's word for the same thing. */
export const REJECTED: Readonly<Record<string, string>> = {
  'lower case letter': glossary.lowercase,
  'upper case letter': glossary.uppercase,
  'lower-case letter': glossary.lowercase,
  'upper-case letter': glossary.uppercase,
  'special character': glossary.symbols,
  'Upper and lower case': glossary.capitals,
  'Min. length': glossary.shortest,
  'Max. length': glossary.longest,
  'Preferred name': attributeName('preferred_username'),
  'space at the beginning': glossary.edges,
  'preferred username': attributeWord('preferred_username'),
  'Answers go to': glossary.repliesTo,
  'by an administrator’s call': glossary.flowAdminPassword,
  'Secure remote password': glossary.flowSrp,
  'May change after it is set': glossary.mutable,
  'Must change password': glossary.temporaryPassword,
  "'Invited'": glossary.temporaryPassword,
  'Must reset password': glossary.resetRequired,
  'Not confirmed': 'Unconfirmed',
};
