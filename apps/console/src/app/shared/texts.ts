/** Texts that features share, ready to be translated. */
export const sharedTexts = {
  failed: 'This could not be loaded.',
  loadedLater: 'It will load as soon as the server answers.',
  request: 'Request',
  retry: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  cancel: 'Cancel',
  close: 'Close',
  show: 'Show',
  hide: 'Hide',
} as const;
