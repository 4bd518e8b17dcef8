/** Texts of the frame around the steps, ready to be translated. */
export const wizardTexts = {
  heading: 'New user pool',
  back: 'Back',
  next: 'Continue',
  review: 'Review defaults',
  toReview: 'Back to review',
  create: 'Create user pool',
  creating: 'Creating…',
  leave: 'Leave',
  soFar: 'Your pool so far',
  command: 'The same on the command line',
} as const;
