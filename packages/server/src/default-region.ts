/**
 * The region of pools that say none. It has the form of AWS's regions, so that pool ids made of it pass the patterns of verifiers
 * and of Amplify (aws-jwt-verify 5.2: two letters, words, one digit), and is none of AWS's.
 */
export const DEFAULT_REGION = 'ph-local-1';

/** What it was before; pools that are there stay where they are. */
export const FORMER_DEFAULT_REGION = 'local';
