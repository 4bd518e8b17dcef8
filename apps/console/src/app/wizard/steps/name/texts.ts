/** Texts of the first step, ready to be translated. */
export const nameTexts = {
  step: 'Name',
  title: 'What is the pool for?',
  hint: 'One pool keeps the accounts of one product. People never see its name.',
  label: 'Pool name',
  placeholder: 'shop-customers',
  help: 'Letters, digits, spaces and + = , . @ - _. It can be changed later.',
  region: 'Region',
  regionHelp:
    'A word that the pool’s id begins with. Any name will do, unless the server is set to one; it can never be changed. Take the region you would use at AWS, if you plan to move.',
  protect: {
    title: 'Protect it from deletion',
    hint: 'Nobody deletes the pool by mistake: the protection has to be taken off first.',
  },
  paths: 'How to go on',
  defaults: {
    title: 'Review defaults',
    hint: 'Take what we advise, look at it on one page, and create the pool.',
  },
  through: {
    title: 'Step through settings',
    hint: 'A few short steps; each explains what it sets. Two minutes.',
  },
  note: {
    title: 'Name and region',
    text: 'The name is for you and can change. The region is part of the pool’s id, which applications are configured with, so it stays.',
  },
} as const;
