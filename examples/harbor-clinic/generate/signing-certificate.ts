/**
 * Certificate of the AD FS token-signing key, base64 of DER. Made for this example; its private key was thrown away. The
 * federated domain in Entra and the SAML provider in AWS hold it too: one key, so one root.
 */
export const ADFS_SIGNING_CERTIFICATE = [
  'MIIDDDCCAfSgAwIBAgICEAAwDQYJKoZIhvcNAQELBQAwMjEwMC4GA1UEAwwnQURGUyBTaWduaW5nIC0gc3RzLmhhcmJvcmNs',
  'aW5pYy5leGFtcGxlMB4XDTIxMDQwNTAwMDAwMFoXDTMxMDQwNDAwMDAwMFowMjEwMC4GA1UEAwwnQURGUyBTaWduaW5nIC0g',
  'c3RzLmhhcmJvcmNsaW5pYy5leGFtcGxlMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzdwxni/GZQuWf+7jD8ZI',
  'yah3JHYua22FrzH75CEEGsitYPqCjrj4KwkQIybWOMDLkqQ6FEKOW+PTp216zncQBDy89n/MvriwJ4M96dDNMDSqxPFULDAt',
  'wgTGjBzYI5tcwvaPHTGX6YhEcCopXby3brhhuaSWG+j/RvyhmOLHbb7W3uOZZYuBDYuhYY31SLoE23vDEyMVAwP3u98RWvZs',
  'fQusFKNCBDJgpr1FJcp6/+8upBxiX/LR1+tkxpNGmlzQEj8Bin2yjfZoaEwkBjJ0zZk0Zb9nAeAvmFOCjA4gYW1M9HCylPcl',
  'FUdHXfoBT+ekQflWpJOzG7jIN0vmWkpfTwIDAQABoywwKjAJBgNVHRMEAjAAMB0GA1UdDgQWBBR0lCkCZ5Sg8y0n83t+ZRhd',
  'z6oQ/TANBgkqhkiG9w0BAQsFAAOCAQEAr1UIoB6EdqOxFNygxbGKkK/XV21fNMt9Qm0hRDkGI8OQBZVPpfc/SdEuU35aBXGQ',
  'blD+91ob7H1U0mfGgFgtx2FnzouM+HcV9LxV6Jt3fUwBGuTXIOb7aSXIc1JNKrgelA7FOqMkt3NSuKFJvvoprD8SWZcyMZWZ',
  'LbHRG63O0r4LN3Zj/I7qedKrxGhOfRUUyd0JCuNb4qg4mo69diCA64eHxIow77zPiPuA+k11nXrI0FWBg3ABtVssxR2CVPxa',
  'xLHcNC/phJAzFoWVYO/vVyB+nNvrf6IBi+DusNh+5C4+CrZxw0c5CUSfihdIINfVrWaLWj26Ilfmu9zxW3FV+w==',
].join('');

/** Who the federation server says it is. */
export const ADFS_ISSUER = 'http://sts.harborclinic.example/adfs/services/trust';

/** What the federation server publishes about itself, as AWS keeps it. */
export function adfsMetadata(): string {
  return [
    `<EntityDescriptor ID="_00000000-0010-4000-8000-0000000000ff" entityID="${ADFS_ISSUER}" xmlns="urn:oasis:names:tc:SAML:2.0:metadata">`,
    '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    '<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>',
    `<X509Certificate>${ADFS_SIGNING_CERTIFICATE}</X509Certificate>`,
    '</X509Data></KeyInfo></KeyDescriptor>',
    '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sts.harborclinic.example/adfs/ls/"/>',
    '</IDPSSODescriptor></EntityDescriptor>',
  ].join('');
}
