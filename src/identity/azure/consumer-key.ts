import type {TokenValidation} from '../../model/identity-declaration.ts';

/** Whether a forged token of Microsoft's personal-account key could be taken. */
export interface KeyVerdict {
  certainty: 'certain' | 'conditional' | 'unknown';
  because: string;
  /** Fields that would settle it; empty when nothing is missing. */
  missing: string[];
}

/**
 * The audience governs which tokens are issued; a forged one skips issuance, so acceptance depends on the keys and the issuer
 * an application trusts. Personal accounts in the audience: their key is accepted. Otherwise the key is out only where the
 * application states that it takes the keys of its own tenant and checks the issuer. Null = out.
 */
export function consumerKeyVerdict(
  audience: string | null,
  validation: TokenValidation | null | undefined,
): KeyVerdict | null {
  if (audience === 'PersonalMicrosoftAccount' || audience === 'AzureADandPersonalMicrosoftAccount')
    return {
      certainty: 'certain',
      because: `signInAudience = ${audience}: personal accounts are accepted`,
      missing: [],
    };
  if (validation?.keysEndpoint === 'tenant-specific' && validation.issuerCheck === true) return null;
  const missing = [
    ...((validation?.keysEndpoint ?? null) === null ? ['tokenValidation.keysEndpoint'] : []),
    ...((validation?.issuerCheck ?? null) === null ? ['tokenValidation.issuerCheck'] : []),
  ];
  const stated = [
    ...(validation?.keysEndpoint ? [`keysEndpoint = ${validation.keysEndpoint}`] : []),
    ...(typeof validation?.issuerCheck === 'boolean' ? [`issuerCheck = ${validation.issuerCheck}`] : []),
  ];
  const how = [
    ...(stated.length > 0 ? [`tokens are validated with ${stated.join(', ')}`] : []),
    ...(missing.length > 0 ? [`${missing.join(' and ')} not stated`] : []),
  ].join('; ');
  if (audience === 'AzureADMultipleOrgs' || audience === 'AzureADMyOrg')
    return {certainty: 'conditional', because: `signInAudience = ${audience}: ${how}`, missing};
  const what =
    audience === null
      ? 'signInAudience is not in the source'
      : `signInAudience = ${audience} is not a known value`;
  return {certainty: 'unknown', because: `${what}; ${how}`, missing: ['signInAudience', ...missing]};
}

/**
 * Microsoft 365 services under the documented fault: enterprise mail was the confirmed service; of the others the two
 * positions are told together.
 */
export function serviceVerdict(service: string): KeyVerdict | null {
  const positions =
    'Wiz: applications that take Microsoft sign-in could have been exposed too; Microsoft: largely speculative, confirmed only where the validation fault was';
  switch (service) {
    case 'exchange-online':
      return {
        certainty: 'certain',
        because: 'Exchange Online: forged tokens were accepted for enterprise mail',
        missing: [],
      };
    case 'sharepoint':
    case 'onedrive':
    case 'teams':
    case 'intune':
      return {certainty: 'conditional', because: `${service}: ${positions}`, missing: []};
    default:
      return null;
  }
}
