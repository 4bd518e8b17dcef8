/** Texts that the pieces of all steps share, ready to be translated. */
export const pieceTexts = {
  advised: 'recommended',
  showAll: 'Show all',
} as const;
