import type {YamlDocument} from '../../model/decoded.ts';
import type {IdentityDocument} from '../../model/documents/identity.ts';
import type {GoogleWorkspace} from '../../model/google-workspace.ts';

/** The `workspace` section; no field when the document has none. */
export function toWorkspaces(
  spec: IdentityDocument['spec'],
  document: YamlDocument,
): {workspace?: GoogleWorkspace[]} {
  if (spec.workspace === undefined) return {};
  return {
    workspace: spec.workspace.map((customer, index) => ({
      customer: customer.customer,
      domains: (customer.domains ?? []).map((domain) => domain.trim().toLowerCase()),
      superAdmins: (customer.superAdmins ?? []).map((address) => address.trim().toLowerCase()),
      domainWideDelegation: (customer.domainWideDelegation ?? []).flatMap(
        ({clientId, serviceAccount, scopes}) => {
          const client = serviceAccount ?? clientId;
          return client === undefined ? [] : [{client: client.trim(), scopes: scopes ?? []}];
        },
      ),
      ssoProfiles: (customer.ssoProfiles ?? []).map(({issuer, keySha256}) => ({
        issuer,
        keySha256: keySha256?.toLowerCase() ?? null,
      })),
      place: document.place(['spec', 'workspace', index]),
    })),
  };
}
