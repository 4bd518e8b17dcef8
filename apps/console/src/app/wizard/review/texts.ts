/** Texts of the review, ready to be translated. */
export const reviewTexts = {
  step: 'Review',
  title: 'Ready to create',
  hint: 'Look it over. What is marked as fixed stays for the life of the pool.',
  change: 'Change',
  problem: 'Something is missing here.',
  onlyOwners:
    'Only owners create pools. The draft stays in this tab; ask an owner to look at it with you.',
  poolMade: 'The pool was made, but not its app client.',
  poolMadeHint: 'Change what the server names, and create the client again; or go on without one.',
  clientAgain: 'Create the app client',
  goOn: 'Go on without',
} as const;
