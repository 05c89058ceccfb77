import type {IdentityDeclaration} from '../../model/identity-declaration.ts';
import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {addKeyManagerRoots} from '../keys/custody.ts';
import {addAdDomain, authorityRoot} from './ad-domains.ts';
import {addAdfs, addAdfsRoot} from './adfs.ts';
import {addBackup, addBackupRoots} from './backup.ts';
import {createDirectory} from './directory.ts';
import {addDirectoryData} from './directory-data.ts';
import {addEntraConnect} from './entra-connect.ts';
import {addJoinedHosts} from './esxi.ts';
import {addIdp, addIdpRoots} from './idps.ts';
import {addOperator, operatorRoot} from './operators.ts';
import {addTrusts} from './trusts.ts';
import {addVcenterPermissions} from './vcenter-permissions.ts';
import {addSsoRoots, addVcenterSso, ssoByName} from './vcenter-sso.ts';
import {addVendors} from './vendors.ts';

/** Gives declared roots their nodes and names before anything refers to them. */
export function addDeclaredRoots(context: BuildContext): void {
  const {estate, graph} = context;
  // Other spellings first: whoever names a root must end at the one it stands for.
  for (const declaration of estate.identity) addSpellings(context, declaration);
  // What the author calls a root wins over what an export calls it.
  for (const {roots} of estate.identity) for (const {id, kind, name} of roots) graph.root(id, name, kind);
  for (const {id, name, kind} of estate.roots) graph.root(id, name, kind);
  for (const declaration of estate.identity) {
    for (const {fqdn} of declaration.adDomains) graph.root(`ad:${fqdn}`, `AD domain ${fqdn}`, 'adDomain');
    for (const {name} of declaration.operators)
      graph.root(operatorRoot(name), `operator ${name}`, 'operator');
  }
}

function addSpellings(context: BuildContext, declaration: IdentityDeclaration): void {
  const {graph} = context;
  for (const {fqdn, sid, certificateAuthorities} of declaration.adDomains) {
    if (sid) graph.alias(`ad:${sid}`, `ad:${fqdn}`);
    for (const authority of certificateAuthorities ?? []) {
      const {name, keySha256} = authority;
      if (keySha256 === null) continue;
      for (const alias of [`key:${keySha256}`, `pki:${name}@${fqdn}`])
        graph.alias(alias, authorityRoot(fqdn, authority));
    }
  }
  for (const farm of declaration.adfs) addAdfsRoot(context, farm);
  for (const sso of declaration.vcenterSso) addSsoRoots(context, sso);
  addIdpRoots(context, declaration);
  addBackupRoots(context, declaration);
  addKeyManagerRoots(context, declaration);
}

/** Edges of everything `identity.yaml` states about directories and those who run things. */
export function addDeclared(context: BuildContext, facets: Facets): void {
  const {identity} = context.estate;
  const directory = createDirectory(context, ssoByName(context));
  addDirectoryData(context);
  addTrusts(context);
  for (const declaration of identity) {
    for (const domain of declaration.adDomains) addAdDomain(context, domain);
    for (const farm of declaration.adfs) addAdfs(context, farm);
    for (const connect of declaration.entraConnect) addEntraConnect(context, connect);
    for (const sso of declaration.vcenterSso) addVcenterSso(context, sso, directory);
    for (const operator of declaration.operators) addOperator(context, operator);
    for (const backup of declaration.backupServers ?? []) addBackup(context, backup, directory);
    for (const idp of declaration.identityProviders ?? []) addIdp(context, idp);
  }
  addVcenterPermissions(context, facets, directory);
  addJoinedHosts(context);
  addVendors(context);
}
