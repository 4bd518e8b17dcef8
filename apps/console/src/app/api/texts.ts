/** Texts of this feature, ready to be translated. */
export const apiTexts = {
  unreachable: 'The server does not answer. Check your connection; what you entered is still here.',
  unavailable: 'The server cannot answer right now. Nothing was changed; try again in a moment.',
  unexpected: 'Something went wrong on the server. The number below helps whoever looks into it.',
  signedOut: 'You are signed out. Sign in again to go on.',
  tooMany: 'Too many requests at once. Wait a moment, then try again.',
} as const;

/** What errors of the API mean to people, where the API's own words are for programs. */
export const errorTexts: Readonly<Record<string, string>> = {
  NotAuthorizedException: 'This is not allowed.',
  TooManyRequestsException: apiTexts.tooMany,
  LimitExceededException: 'The limit for this is reached. Wait a while, then try again.',
  ConcurrentModificationException:
    'Somebody else changed this at the same moment. Reload, then try again.',
  InternalErrorException: apiTexts.unexpected,
  SerializationException: 'The server did not understand the request. Reload the page.',
};
