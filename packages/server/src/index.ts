export { composeServer, type Server } from './compose/compose-server.ts';
export type { Replacements } from './compose/replacements.ts';
export {
  readConfig,
  settingsReference,
  type ServerConfig,
  type SettingReference,
} from './config/config.ts';
export { ConfigError } from './config/config-error.ts';
