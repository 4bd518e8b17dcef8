export { composeServer, type Replacements, type Server } from './compose.ts';
export {
  readConfig,
  settingsReference,
  type ServerConfig,
  type SettingReference,
} from './config/config.ts';
export { ConfigError } from './config/config-error.ts';
