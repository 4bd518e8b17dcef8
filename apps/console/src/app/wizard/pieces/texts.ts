/** Texts that the pieces of all steps share, ready to be translated. */
export const pieceTexts = {
  advised: 'advised',
  showAll: 'Show all',
} as const;
