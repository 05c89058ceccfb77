import type {ScoreParameters} from '../model/exposure.ts';

/** What is used when no ScoreParameters document can be read; equal to the shipped `policies/score/score.yaml`. */
export const DEFAULT_PARAMETERS: ScoreParameters = {
  attenuation: [1, 0.7, 0.35, 0.15],
  halfValue: 20,
  rootWeight: {
    default: 0.5,
    adDomain: 0.95,
    entraTenant: 0.9,
    vcSsoDomain: 0.9,
    signingKey: 0.85,
    samlIdp: 0.85,
    awsOrg: 0.85,
    gcpOrg: 0.85,
    workspaceCustomer: 0.85,
    backup: 0.7,
    awsAccount: 0.7,
    idpTenant: 0.85,
    pkiCa: 0.85,
    gitOrg: 0.6,
    keyManager: 0.5,
    oidcIssuer: 0.6,
    operator: 0.6,
    vendor: 0.6,
    providerControlPlane: 0.5,
    cpuFamily: 0.2,
    other: 0.5,
  },
  exponents: {inbound: 0.35, sharedFate: 0.45, outbound: 0.2},
};
