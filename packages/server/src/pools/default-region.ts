/**
 * The region of pools that name none. It has the form of AWS's regions, so that pool ids made from it pass the patterns of verifiers and of
 * Amplify (aws-jwt-verify 5.2: two letters, words, one digit), but is not one of them.
 */
export const DEFAULT_REGION = 'ph-local-1';

/** The default before; existing pools stay where they are. */
export const FORMER_DEFAULT_REGION = 'local';
