/** Texts of the review, ready to be translated. */
export const reviewTexts = {
  step: 'Review',
  title: 'Ready to create',
  hint: 'Review your choices. Settings marked as fixed cannot be changed later.',
  change: 'Change',
  problem: 'Something is missing here.',
  onlyOwners:
    'Only owners create pools. The draft stays in this tab; ask an owner to look at it with you.',
  missing: {
    mfa: {
      title: 'The pool was created, but its second factors could not be turned on.',
      hint: 'No application can use the pool yet. Correct what the server reports and try again, or continue without second factors.',
      again: 'Turn on second factors',
    },
    client: {
      title: 'The pool was created, but not its app client.',
      hint: 'Correct what the server reports and create the client again, or continue without one.',
      again: 'Create the app client',
    },
  },
  goOn: 'Continue without',
} as const;
