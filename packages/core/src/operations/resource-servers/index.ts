import { listResourceServers } from './list-resource-servers.ts';

/** The built operations of this area, by name. */
export const resourceServersOperations = {
  ListResourceServers: listResourceServers,
};
