/** Texts of the first step, ready to be translated. */
export const nameTexts = {
  step: 'Name',
  title: 'What is the pool for?',
  hint: 'A pool holds the accounts of one product. Your users never see its name.',
  label: 'Pool name',
  placeholder: 'shop-customers',
  help: 'Letters, digits, spaces and + = , . @ - _. It can be changed later.',
  region: 'Region',
  regionHelp:
    'The pool’s id begins with it. Any name will do, unless the server is limited to one region; it cannot be changed later. If you plan to move to AWS, enter the region you would use there.',
  protect: {
    title: 'Protect it from deletion',
    hint: 'Nobody can delete the pool by mistake: the protection has to be switched off first.',
  },
  paths: 'How to continue',
  defaults: {
    title: 'Review defaults',
    hint: 'Use the recommended settings, review them on one page, and create the pool.',
  },
  through: {
    title: 'Step through settings',
    hint: 'A few short steps that explain each setting. Takes two minutes.',
  },
  note: {
    title: 'Name and region',
    text: 'The name is for you and can change. The region is part of the pool’s id, which applications are configured with, so it cannot change.',
  },
} as const;
