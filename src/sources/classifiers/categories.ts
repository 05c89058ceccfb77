/**
 * Data categories behind the names classifiers give to what they find. The first entry whose words the name begins
 * with, or holds between separators, wins; what is in no entry is left out: a name alone is no need.
 */
const CATEGORIES: readonly (readonly [pattern: RegExp, categories: readonly string[]])[] = [
  [/(?:^|[._/ ])(?:CREDENTIALS?|SECURITY|SECRETS?|PASSWORDS?|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|AUTH_TOKEN|GCP_CREDENTIALS|AWS_CREDENTIALS|ENCRYPTION_KEY|JSON_WEB_TOKEN|HTTP_COOKIE)(?:$|[._/ ])/i, ['secrets']],
  [/(?:^|[._/ ])(?:HEALTH|MEDICAL|MEDICAL_TERM|MEDICAL_RECORD_NUMBER|ICD9_CODE|ICD10_CODE|FDA_CODE|US_HEALTHCARE_NPI|DIAGNOSIS)(?:$|[._/ ])/i, ['phi', 'pii']],
  [/(?:^|[._/ ])(?:CREDIT_CARD(?:_NUMBER|_DATA)?|CREDIT_CARD_TRACK_NUMBER|CREDIT CARD|PAYMENT_CARD)(?:$|[._/ ])/i, ['pan']],
  [/(?:^|[._/ ])(?:FINANCIAL(?:_INFORMATION)?|BANK(?:ING)?|BANK_ACCOUNT|IBAN(?:_CODE)?|SWIFT_CODE)(?:$|[._/ ])/i, ['financial']],
  [/(?:^|[._/ ])(?:PERSONAL(?:_INFORMATION)?|GOVERNMENT|NAME|PERSON_NAME|EMAIL(?:_ADDRESS)?|PHONE_NUMBER|DATE_OF_BIRTH|STREET_ADDRESS|NATIONAL ID|CONTACT INFO|PASSPORT|GERMANY_PASSPORT|GERMANY_IDENTITY_CARD_NUMBER|US_SOCIAL_SECURITY_NUMBER|SSN|IP_ADDRESS)(?:$|[._/ ])/i, ['pii']],
]; // prettier-ignore

/** Sorted, each once. */
export function categoriesOf(names: readonly string[]): string[] {
  const found = names.flatMap((name) => CATEGORIES.find(([pattern]) => pattern.test(name))?.[1] ?? []);
  return [...new Set(found)].sort();
}
