export {
  confirmationAsk,
  confirmationEnded,
  type ConfirmationEnd,
  type ConfirmationForm,
  type ConfirmationLink,
} from './confirmation.ts';
export { home, type Home } from './home.ts';
export { inbox } from './inbox.ts';
export { noConsole } from './no-console.ts';
export { documentOf, PAGE_FILES, type Page, type PageFile } from './page.ts';
export { english } from './texts/english.ts';
