import type {Place} from '../model/common.ts';
import type {IdentityDeclaration} from '../model/identity-declaration.ts';

/** How references are resolved: to workloads alone, or to whatever they name. */
export interface Resolvers {
  ids: (texts: string[], place: Place) => string[];
  targets: (texts: string[], place: Place) => string[];
}

type Sections = Pick<
  IdentityDeclaration,
  'backupServers' | 'keyManagers' | 'ci' | 'vendors' | 'identityProviders' | 'hosts' | 'attestations'
>;

/** The sections about backup, keys, build platforms, vendors and identity providers with their references as ids. */
export function resolveSections(declaration: IdentityDeclaration, {ids, targets}: Resolvers): Sections {
  const {backupServers, keyManagers, ci, vendors, identityProviders, hosts, attestations} = declaration;
  return {
    ...(backupServers && {
      backupServers: backupServers.map((backup) => ({
        ...backup,
        servers: ids(backup.servers, backup.place),
        serviceAccounts: targets(backup.serviceAccounts, backup.place),
        protects: targets(backup.protects, backup.place),
        repositories: ids(backup.repositories, backup.place),
      })),
    }),
    ...(keyManagers && {
      keyManagers: keyManagers.map((manager) => ({
        ...manager,
        servers: ids(manager.servers, manager.place),
        protects: targets(manager.protects, manager.place),
        authorises: targets(manager.authorises, manager.place),
      })),
    }),
    ...(ci && {
      ci: ci.map((platform) => ({
        ...platform,
        servers: ids(platform.servers, platform.place),
        secretsStored: targets(platform.secretsStored, platform.place),
        runners: platform.runners.map((runner) => ({
          ...runner,
          servers: ids(runner.servers, platform.place),
        })),
      })),
    }),
    ...(vendors && {
      vendors: vendors.map((vendor) => ({...vendor, hasAccessTo: targets(vendor.hasAccessTo, vendor.place)})),
    }),
    ...(identityProviders && {
      identityProviders: identityProviders.map((provider) => ({
        ...provider,
        servers: ids(provider.servers, provider.place),
      })),
    }),
    // Hosts and sites are looked up where both are known.
    ...(hosts && {hosts}),
    ...(attestations && {attestations}),
  };
}
