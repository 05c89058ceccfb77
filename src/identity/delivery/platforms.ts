/** A build platform whose job tokens clouds accept. */
export interface Platform {
  /** Maker that runs it for everybody. */
  vendor: string;
  /** Public issuer; null = every organisation has one of its own. */
  issuer: string | null;
  /** Host in ids of organisations. */
  host: string;
}

/** Platforms by the name authors use. */
export const PLATFORMS: Readonly<Record<string, Platform>> = {
  github: {vendor: 'github', issuer: 'https://token.actions.githubusercontent.com', host: 'github.com'},
  gitlab: {vendor: 'gitlab', issuer: 'https://gitlab.com', host: 'gitlab.com'},
  terraform: {vendor: 'hashicorp', issuer: 'https://app.terraform.io', host: 'app.terraform.io'},
  buildkite: {vendor: 'buildkite', issuer: 'https://agent.buildkite.com', host: 'agent.buildkite.com'},
  circleci: {vendor: 'circleci', issuer: null, host: 'oidc.circleci.com'},
  bitbucket: {vendor: 'atlassian', issuer: null, host: 'api.bitbucket.org'},
  'azure-devops': {vendor: 'microsoft', issuer: null, host: 'vstoken.dev.azure.com'},
};
