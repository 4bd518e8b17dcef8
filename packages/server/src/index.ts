export { composeServer, type Replacements, type Server } from './compose.ts';
export { readConfig, type ServerConfig } from './config/config.ts';
export { ConfigError } from './config/config-error.ts';
